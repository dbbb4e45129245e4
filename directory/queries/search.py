"""Search: words, needs, age and area, over the narrow listing rows; a page at a time."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Integer, Subquery, case, cast, func, literal, or_, select
from sqlalchemy import tuple_ as row_of

from directory.models.listing import LISTING
from directory.models.location import Location, ServiceAtLocation
from directory.queries import card, postcode
from directory.queries.card import LOCATION_SPOT, NO_DISTANCE, Key, ServiceCard, metres_from
from directory.queries.cursor import Cursor
from directory.queries.postcode import Spot
from directory.queries.words import SearchWords

PAGE = 20
BEST_RANK = 1_000_000


@dataclass(frozen=True)
class Wanted:
    """What a search asks for, with the area already looked up."""

    typed: SearchWords
    term_ids: Collection[uuid.UUID]
    near: Spot | None
    age: int | None


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
    matching = _matching(wanted, query)
    page = select(matching)
    if start is not None:
        order = row_of(matching.c.key, matching.c.sort_name, matching.c.service_id)
        page = page.where(order > row_of(*(literal(part) for part in start.key)))
    page = page.order_by(matching.c.key, matching.c.sort_name, matching.c.service_id)
    return card.cards(page.limit(limit + 1).subquery("found"), wanted.near)


def _matching(wanted: Wanted, query: ColumnElement[str]) -> Subquery:
    row = LISTING.c
    found = select(row.service_id, row.sort_name, _key(wanted, query).label("key")).where(
        row.is_open
    )
    if wanted.typed:
        # A query of nothing but stop words ("the") asks for nothing in particular.
        found = found.where(or_(func.numnode(query) == 0, row.words.bool_op("@@")(query)))
    if wanted.term_ids:
        found = found.where(row.term_ids.overlap(list(wanted.term_ids)))
    if wanted.age is not None:
        found = found.where(
            func.coalesce(row.minimum_age, 0) <= wanted.age,
            func.coalesce(row.maximum_age, 999) >= wanted.age,
        )
    if wanted.near:
        covers = literal(wanted.near.outward) == func.any(row.outwards)
        found = found.where(or_(row.outwards.is_(None), covers))
    return found.subquery("matching")


def _key(wanted: Wanted, query: ColumnElement[str]) -> ColumnElement[int]:
    """What to order by, smallest first: metres, or how far the words are from a perfect match."""
    if wanted.near:
        metres = cast(func.round(_nearest(wanted.near)), Integer)
        return func.coalesce(metres, NO_DISTANCE)
    if wanted.typed:
        return cast(BEST_RANK * (1 - func.ts_rank_cd(LISTING.c.words, query, 32)), Integer)
    return literal(0)


def _nearest(near: Spot) -> ColumnElement[float]:
    nearest = (
        select(func.min(metres_from(near, LOCATION_SPOT)))
        .select_from(Location)
        .join(ServiceAtLocation, ServiceAtLocation.location_id == Location.id)
        .where(ServiceAtLocation.service_id == LISTING.c.service_id)
    )
    # Nearly every service has one place, which its listing row carries.
    return case(
        (LISTING.c.place_count > 1, nearest.scalar_subquery()),
        else_=metres_from(near, LISTING.c.spot),
    )
