"""Every route says who may knock: everybody, or an actor. The gate refuses to start otherwise."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask

PUBLIC = "public"
SIGNED_IN = "signed in"

RARELY = "30 per hour"

Marked = TypeVar("Marked", bound=Any)


def public(thing: Marked) -> Marked:
    """Mark a view or a blueprint as open to everybody."""
    thing.door = PUBLIC
    return thing


def signed_in(thing: Marked) -> Marked:
    """Mark a view or a blueprint as open to an actor only."""
    thing.door = SIGNED_IN
    return thing


def rarely(thing: Marked) -> Marked:
    """Mark a view that strangers may use: it takes few forms from one address."""
    thing.is_rare = True
    return thing


def searching(thing: Marked) -> Marked:
    """Mark a view that searches a lot or sends a lot: reading it is counted too."""
    thing.is_search = True
    return thing


def is_search(view: Any) -> bool:
    """Whether a view was marked so."""
    return bool(getattr(view, "is_search", False))


def is_rare(view: Any) -> bool:
    """Whether a view was marked so."""
    return bool(getattr(view, "is_rare", False))


def door_of(app: Flask, endpoint: str) -> str | None:
    """What was declared for an endpoint; a view's own mark wins over its blueprint's."""
    view: Callable[..., Any] = app.view_functions[endpoint]
    own = getattr(view, "door", None)
    if own is None and "." in endpoint:
        own = getattr(app.blueprints[endpoint.rpartition(".")[0]], "door", None)
    return own
