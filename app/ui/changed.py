"""The page after somebody else was first: what happened, what was typed, and the way on."""

from typing import Any

from flask import request
from sqlalchemy.orm.exc import StaleDataError

from app.core.errors import Conflict
from app.ui.forms import NOT_ANSWERS
from app.ui.pages import page

CONFLICT = 409
CHANGED = "Somebody else changed this while your page was open."
SHORT = 12


def changed_page(error: Conflict | StaleDataError, back: str, last: Any = None) -> tuple[str, int]:
    """Answer 409. `back` is what has changed, `last` its latest step: kind, who, at."""
    message = error.message if isinstance(error, Conflict) else CHANGED
    return page(
        "layouts/changed.html",
        status=CONFLICT,
        message=message,
        last=last,
        back=back,
        typed=_typed(),
    )


def _typed() -> list[str]:
    """What was typed and would be a pity to lose: anything longer than a number or a choice."""
    return [
        text.strip()
        for name, text in request.form.items(multi=True)
        if name.rpartition("-")[2] not in NOT_ANSWERS
        and len(text.strip()) > SHORT
        and " " in text.strip()
    ]
