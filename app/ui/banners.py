"""What must be seen on every page until it is over; rooms add their own.

A banner's template is included above the content with `content`: what `read` returned.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from app.core.errors import TrellisError


@dataclass(frozen=True)
class Banner:
    """`read` says what to show to an actor; nothing when there is nothing to say."""

    template: str
    read: Callable[[Any], Any]


_banners: dict[str, Banner] = {}


def add(banner: Banner) -> None:
    """Add a banner; the same template again replaces it."""
    _banners[banner.template] = banner


def banners_for(actor: Any) -> list[tuple[str, Any]]:
    """(template, content) of each; an error page must appear even without a database."""
    if actor is None:
        return []
    try:
        shown = [(one.template, one.read(actor)) for one in _banners.values()]
    except (SQLAlchemyError, TrellisError):
        return []
    return [(template, content) for template, content in shown if content]
