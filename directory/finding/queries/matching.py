"""The services that match, a page of them in order: the only statement whose cost can grow.

With a place the nearest come first, straight from the spatial index of locations; services
without a known place follow. Without one the best match comes first, of as many as can be
weighed in a moment.
"""

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Float,
    Subquery,
    and_,
    case,
    cast,
    exists,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy import tuple_ as row_of
from sqlalchemy.orm import aliased

from directory.finding.queries import cells
from directory.finding.queries.narrowing import (
    Rows,
    Wanted,
    close_by,
    fits,
    narrowed,
    squares,
)
from directory.finding.queries.saying import Saying
from directory.models.listing import LISTING
from directory.models.location import Location, ServiceAtLocation
from directory.queries.card import NO_DISTANCE, Key, metres_from
from directory.queries.postcode import Spot

FOUND = LISTING.c.service_id, LISTING.c.sort_name
# How many matches are weighed against each other when no place puts them in order.
WEIGHED = 2_000
# A match of only some of the words comes after all that have every one.
SOME_ONLY = 2 * NO_DISTANCE
# In metres: a far better match may be this much farther away.
WORTH_THE_WAY = 30_000


def page_of(wanted: Wanted, saying: Saying, start: Key | None, limit: int) -> Subquery:
    """(service_id, sort_name, key, metres) of `limit` services at most, after `start`, by key."""
    if wanted.near is None:
        return _best(wanted, saying, start, limit).subquery("found")
    metres = metres_from(wanted.near, Location)
    placed = (
        _matching(
            wanted,
            saying,
            *(*FOUND, metres.label("metres"), _key(saying, metres).label("key")),
            where=squares(wanted),
        )
        .join(ServiceAtLocation, ServiceAtLocation.service_id == LISTING.c.service_id)
        .join(Location, Location.id == ServiceAtLocation.location_id)
        .where(Location.easting.is_not(None), close_by(wanted), _is_nearest_place(wanted.near))
    )
    last = literal(NO_DISTANCE)
    nowhere = _matching(
        wanted,
        saying,
        *(*FOUND, cast(None, Float).label("metres"), _key(saying, last).label("key")),
        where=cells.nowhere() if wanted.typed else None,
    ).where(LISTING.c.place_count == 0)
    both = union_all(
        select(_page(placed, _key(saying, metres), start, limit).subquery("placed")),
        select(_page(nowhere, _key(saying, last), start, limit).subquery("nowhere")),
    ).subquery("both")
    order = both.c.key, both.c.sort_name, both.c.service_id
    return select(both).order_by(*order).limit(limit).subquery("found")


def _matching(
    wanted: Wanted,
    saying: Saying,
    *columns: ColumnElement[Any],
    where: ColumnElement[str] | None = None,
) -> Rows:
    asked = narrowed(wanted, saying.query, *columns, where=where)
    return asked.where(*(condition for _groups, condition in fits(wanted.chosen)))


def _key(saying: Saying, metres: ColumnElement[float]) -> ColumnElement[float]:
    """Where a match stands in the order, with a place: how far, the full matches first."""
    if saying.every is None:
        return metres
    some = SOME_ONLY + metres + WORTH_THE_WAY * saying.mismatch
    return case((LISTING.c.words.bool_op("@@")(saying.every), metres), else_=some)


def _best(wanted: Wanted, saying: Saying, start: Key | None, limit: int) -> Rows:
    """The best matches; by name when there are no words to match."""
    nowhere = cast(None, Float).label("metres")
    if not wanted.typed:
        key: ColumnElement[float] = literal(0.0)
        rows = _matching(wanted, saying, *FOUND, nowhere, key.label("key"))
        return _page(rows, key, start, limit)
    few = _matching(wanted, saying, LISTING.c.service_id).limit(WEIGHED).subquery("few")
    key = saying.mismatch
    if saying.every is not None:
        key = key + case((LISTING.c.words.bool_op("@@")(saying.every), 0.0), else_=1.0)
    rows = select(*FOUND, nowhere, key.label("key")).join(
        few, few.c.service_id == LISTING.c.service_id
    )
    return _page(rows, key, start, limit)


def _page(rows: Rows, key: ColumnElement[float], start: Key | None, limit: int) -> Rows:
    order = key, LISTING.c.sort_name, LISTING.c.service_id
    if start is not None:
        rows = rows.where(row_of(*order) > row_of(*(literal(part) for part in start)))
    return rows.order_by(*order).limit(limit)


def _is_nearest_place(near: Spot) -> ColumnElement[bool]:
    """That no other place of the same service is nearer; nearly every service has only one."""
    place, location = aliased(ServiceAtLocation), aliased(Location)
    nearer = row_of(metres_from(near, location), place.id) < row_of(
        metres_from(near, Location), ServiceAtLocation.id
    )
    another = exists().where(
        and_(
            place.service_id == LISTING.c.service_id,
            location.id == place.location_id,
            location.easting.is_not(None),
            nearer,
        )
    )
    return or_(LISTING.c.place_count == 1, ~another)
