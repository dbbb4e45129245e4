"""Fields on a form without Flask's session or a database."""

from collections.abc import Callable

import pytest
from werkzeug.datastructures import MultiDict
from wtforms import Field, Form

Filled = Callable[..., Field]


@pytest.fixture
def filled() -> Filled:
    """`filled(field, "typed")`, or with parts as keywords → the field after validating."""

    def fill(field, *typed: str, **parts: str) -> Field:
        form = type("AForm", (Form,), {"asked": field})
        pairs = [("asked", one) for one in typed]
        pairs += [(f"asked-{part}", one) for part, one in parts.items()]
        made = form(MultiDict(pairs))
        made.validate()
        return made.asked

    return fill
