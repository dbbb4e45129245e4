"""The places in the header and on the home page; each room adds its own."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import current_app, request, url_for


@dataclass(frozen=True)
class Place:
    """Somewhere to go, and for whom."""

    label: str
    endpoint: str
    about: str = ""
    order: int = 100
    roles: frozenset[str] = frozenset()
    permission: Any = None
    public: bool = False
    first_for: frozenset[str] = frozenset()

    def is_for(self, actor: Any) -> bool:
        """Whether this actor, or nobody, has business there."""
        if actor is None:
            return self.public
        if self.permission is not None:
            return bool(self.permission.allows(actor, None))
        return not self.roles or not self.roles.isdisjoint(actor.roles)

    @property
    def href(self) -> str:
        """The address of the place."""
        return url_for(self.endpoint)

    @property
    def exact(self) -> bool:
        """Whether the page being shown is the place itself."""
        return request.path == self.href

    @property
    def holds(self) -> bool:
        """Whether the page being shown lies under the place."""
        return self.exact or request.path.startswith(self.href.rstrip("/") + "/")


_places: dict[str, Place] = {}


def add(
    label: str,
    endpoint: str,
    *,
    roles: Iterable[str] = (),
    permission: Any = None,
    about: str = "",
    order: int = 100,
    public: bool = False,
    first_for: Iterable[str] = (),
) -> None:
    """Add a place; adding the same endpoint again replaces it.

    Whoever has a role in `first_for` arrives there instead of on the home page.
    """
    allowed, first = frozenset(map(str, roles)), frozenset(map(str, first_for))
    _places[endpoint] = Place(label, endpoint, about, order, allowed, permission, public, first)


def first_place(actor: Any) -> Place | None:
    """Where this actor's day begins; None when no place is first for their roles."""
    mine = (one for one in places_for(actor) if not one.first_for.isdisjoint(actor.roles))
    return next(mine, None)


def places_for(actor: Any) -> list[Place]:
    """The places of this actor that the running application has."""
    known = current_app.view_functions
    mine = [one for one in _places.values() if one.endpoint in known and one.is_for(actor)]
    return sorted(mine, key=lambda one: (one.order, one.label))


def current_of(places: list[Place]) -> Place | None:
    """The place that the page being shown belongs to: the nearest above it."""
    return max((one for one in places if one.holds), key=lambda one: len(one.href), default=None)
