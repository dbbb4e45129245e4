"""Places on the page of a referral that later parts of the journey fill.

    panels.add(Panel("onward", "Referred on", "onward/panel.html", read))
    panels.offer(Link("need", "Find a service", "onward.search", permission=SEND))

A panel's template is included with `panel` (its title and name), `content` (what `read`
returned), `referral`, `actor` and `may_work` in its context. A link's address is built with
`referral_id`, and for a need also with `need_id`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from app.access import Permission
from app.identity.actor import Actor
from referrals.record.models.referral import Referral

ON_NEED = "need"
ON_REFERRAL = "referral"


@dataclass(frozen=True)
class Panel:
    """A section of the page; lower `order` is further up. `read` runs a fixed number of queries.

    Where `read` returns None the page has no such section.
    """

    name: str
    title: str
    template: str
    read: Callable[[Actor, Referral], Any]
    order: int = 100
    printed: bool = True


@dataclass(frozen=True)
class Link:
    """Something to do, at the referral's head or beside each open need."""

    place: str
    text: str
    endpoint: str
    permission: Permission
    order: int = 100


@dataclass(frozen=True)
class Otherwise:
    """Where to turn when nobody was found; `lead` is the sentence before the link."""

    lead: str
    text: str
    endpoint: str
    permission: Permission


_otherwise: dict[str, Otherwise] = {}
_panels: dict[str, Panel] = {}
_links: dict[tuple[str, str], Link] = {}


def add(panel: Panel) -> None:
    """Add a section; the same name again replaces it."""
    _panels[panel.name] = panel


def offer(link: Link) -> None:
    """Add a link; the same place and endpoint again replaces it."""
    _links[link.place, link.endpoint] = link


def offer_otherwise(way: Otherwise) -> None:
    """Add somewhere to turn when nobody was found; the same endpoint again replaces it."""
    _otherwise[way.endpoint] = way


def otherwise(actor: Actor) -> list[Otherwise]:
    """Where this actor may turn when nobody was found."""
    return [one for one in _otherwise.values() if one.permission.allows(actor)]


def read(
    actor: Actor, referral: Referral, *, on_paper: bool = False
) -> Iterator[tuple[Panel, Any]]:
    """Every section with its content, in order; on paper those that may be printed."""
    for panel in sorted(_panels.values(), key=lambda one: (one.order, one.name)):
        if on_paper and not panel.printed:
            continue
        content = panel.read(actor, referral)
        if content is not None:
            yield panel, content


def links(actor: Actor, referral: Referral, place: str) -> list[Link]:
    """The links that this actor may follow for this referral."""
    mine = [
        one
        for one in _links.values()
        if one.place == place and one.permission.allows(actor, referral)
    ]
    return sorted(mine, key=lambda one: (one.order, one.text))
