"""Search: words, needs, age, place and facets, over the narrow listing rows; a page at a time."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass, replace

from directory.finding.models.facet import Chosen
from directory.finding.queries import spelling
from directory.finding.queries.matching import page_of
from directory.finding.queries.narrowing import Wanted, planned_for_these_values
from directory.finding.queries.saying import (
    Meaning,
    Saying,
    exactly,
    loosely,
    meaning_of,
    says_nothing,
)
from directory.queries import dealing, postcode
from directory.queries.card import Key, ServiceCard
from directory.queries.cursor import Cursor
from directory.queries.postcode import Spot
from directory.queries.words import SearchWords

PAGE = 20
# With fewer full matches than this, others are shown after them.
FEW = 5
Found = list[tuple[ServiceCard, Key]]


@dataclass(frozen=True)
class Page:
    """One page of results, nearest first when `near` is known, otherwise best first.

    `next` is the `after` of the following page. `loosened`: only `full` of these have all of the
    words; the others have some, or are about the needs that are `meant`. `suggestion`: how the
    words may have been meant to be spelt. `area_unknown`: a place was asked for that we do not
    know.
    """

    cards: list[ServiceCard]
    next: str | None = None
    near: Spot | None = None
    loosened: bool = False
    area_unknown: bool = False
    full: int = 0
    meant: tuple[str, ...] = ()
    suggestion: str = ""


def wanted_by(
    words: str = "",
    *,
    term_ids: Collection[uuid.UUID] = (),
    near: str = "",
    within: int | None = None,
    age: int | None = None,
    facets: Collection[str] = (),
) -> Wanted:
    """What a search asks for, with its place looked up: two statements at most."""
    spot = postcode.spot_near(near)
    return Wanted(SearchWords.parse(words), term_ids, spot, within, age, Chosen.parse(facets))


def search(
    words: str = "",
    *,
    term_ids: Collection[uuid.UUID] = (),
    near: str = "",
    within: int | None = None,
    age: int | None = None,
    facets: Collection[str] = (),
    after: str = "",
    limit: int = PAGE,
) -> Page:
    """Find open services. A fixed number of statements, however much is found."""
    wanted = wanted_by(words, term_ids=term_ids, near=near, within=within, age=age, facets=facets)
    page, _saying = found_by(wanted, after, limit)
    lost = bool(near.strip()) and wanted.near is None
    return Page(**(vars(page) | {"area_unknown": lost}))


def found_by(wanted: Wanted, after: str = "", limit: int = PAGE) -> tuple[Page, Saying]:
    """A page of what is wanted, and the query that found it.

    When all of the words do not fill the first page, some of them will do, and what they mean.
    """
    planned_for_these_values()
    start = Cursor.parse(after) if after else None
    if wanted.typed and says_nothing(wanted.typed):
        wanted = replace(wanted, typed=SearchWords())
    saying = exactly(wanted.typed)
    loosened = start is not None and start.loosened
    found: Found = [] if loosened else _cards(wanted, saying, start, limit)
    if loosened or (start is None and _too_few(wanted.typed, found)):
        meaning = meaning_of(wanted.typed)
        wider = loosely(wanted.typed, meaning)
        more = _cards(wanted, wider, start, limit)
        if loosened or len(more) > len(found):
            return _page(wanted, more, limit, meaning, full=len(found)), wider
    return _page(wanted, found, limit), saying


def _too_few(typed: SearchWords, found: Found) -> bool:
    """Whether to look further. Who wrote a phrase or a minus meant exactly that."""
    return bool(typed) and len(found) < (1 if typed.explicit else FEW)


def _page(
    wanted: Wanted, found: Found, limit: int, meaning: Meaning | None = None, full: int = -1
) -> Page:
    loosened = meaning is not None and bool(found)
    more = str(Cursor(found[limit - 1][1], loosened)) if len(found) > limit else None
    shown = [one for one, _ in found[:limit]]
    spelt = spelling.suggestion(wanted.typed) if full == 0 or (full and not found) else ""
    return Page(
        shown,
        more,
        wanted.near,
        loosened,
        full=len(shown) if full < 0 else full,
        meant=meaning.names if meaning else (),
        suggestion=spelt,
    )


def _cards(wanted: Wanted, saying: Saying, start: Cursor | None, limit: int) -> Found:
    return dealing.cards(
        page_of(wanted, saying, start.key if start else None, limit + 1), wanted.near
    )
