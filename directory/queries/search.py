"""Search: words, needs, age and area, over the narrow listing rows; a page at a time."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass

from directory.queries import card, postcode
from directory.queries.card import Key, ServiceCard
from directory.queries.cursor import Cursor
from directory.queries.matching import Wanted, page_of
from directory.queries.postcode import Spot
from directory.queries.words import SearchWords

PAGE = 20


@dataclass(frozen=True)
class Page:
    """One page of results, nearest first when `near` is known, otherwise best first.

    `next` is the `after` of the following page. `loosened`: nothing had all of the words, so
    these have some of them. `area_unknown`: an area was asked for that we do not know.
    """

    cards: list[ServiceCard]
    next: str | None = None
    near: Spot | None = None
    loosened: bool = False
    area_unknown: bool = False


def search(
    words: str = "",
    *,
    term_ids: Collection[uuid.UUID] = (),
    near: str = "",
    age: int | None = None,
    after: str = "",
    limit: int = PAGE,
) -> Page:
    """Find open services. At most three statements, however much is found."""
    outward = postcode.outward_code(near)
    spot = postcode.spot_of_area(outward) if outward else None
    wanted = Wanted(SearchWords.parse(words), term_ids, spot, age)
    start = Cursor.parse(after) if after else None
    loosened = start is not None and start.loosened
    found = _cards(wanted, start, limit, loosened)
    if not found and start is None and wanted.typed:
        loosened = True
        found = _cards(wanted, start, limit, loosened)
    more = str(Cursor(found[limit - 1][1], loosened)) if len(found) > limit else None
    shown = [one for one, _ in found[:limit]]
    return Page(shown, more, spot, loosened and bool(shown), bool(near.strip()) and spot is None)


def _cards(
    wanted: Wanted, start: Cursor | None, limit: int, loosened: bool
) -> list[tuple[ServiceCard, Key]]:
    query = wanted.typed.some() if loosened else wanted.typed.every()
    found = page_of(wanted, query, start.key if start else None, limit + 1)
    return card.cards(found, wanted.near)
