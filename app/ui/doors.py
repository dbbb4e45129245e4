"""Every route says who may knock: everybody, or an actor. The gate refuses to start otherwise."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask

PUBLIC = "public"
SIGNED_IN = "signed in"

Marked = TypeVar("Marked", bound=Any)


def public(thing: Marked) -> Marked:
    """Mark a view or a blueprint as open to everybody."""
    thing.door = PUBLIC
    return thing


def signed_in(thing: Marked) -> Marked:
    """Mark a view or a blueprint as open to an actor only."""
    thing.door = SIGNED_IN
    return thing


def door_of(app: Flask, endpoint: str) -> str | None:
    """What was declared for an endpoint; a view's own mark wins over its blueprint's."""
    view: Callable[..., Any] = app.view_functions[endpoint]
    own = getattr(view, "door", None)
    if own is None and "." in endpoint:
        own = getattr(app.blueprints[endpoint.rpartition(".")[0]], "door", None)
    return own
