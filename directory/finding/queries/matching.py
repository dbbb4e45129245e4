"""The first of very many matches, in order.

With a place the nearest come first, straight from the spatial index of locations; services
without a known place follow. Without one the best match comes first, of as many as can be
weighed in a moment.
"""

import functools
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Float,
    Integer,
    bindparam,
    cast,
    func,
    or_,
    select,
    true,
    union_all,
)

from app.core.db import session
from directory.finding.queries.narrowing import (
    REACH,
    Rows,
    Shape,
    Wanted,
    fits,
    matches,
    metres_away,
    narrowed,
    values,
)
from directory.finding.queries.order import later, order
from directory.finding.queries.saying import Saying
from directory.models.listing import LISTING
from directory.models.location import Location, ServiceAtLocation
from directory.queries.card import HERE, Found, Key, metres_to

FOUND = LISTING.c.service_id, LISTING.c.sort_name
NOWHERE: ColumnElement[Any] = cast(None, Float)
# How many matches are weighed against each other when no place puts them in order.
WEIGHED = 2_000


def first_of(wanted: Wanted, saying: Saying, start: Key | None, limit: int) -> list[Found]:
    """`limit` services at most, after `start`, in order."""
    shape, said = Shape.of(wanted, saying, start), values(wanted, saying, start, limit)
    rows = session.execute(_statement(shape), said)
    return [Found(row.service_id, row.sort_name, row.order, row.metres) for row in rows]


@functools.cache
def _statement(shape: Shape) -> Rows:
    if not shape.near:
        return _best(shape)
    if shape.loosely:
        return _weighed(shape)
    both = union_all(
        select(_placed(shape).subquery("placed")), select(_nowhere(shape).subquery("nowhere"))
    ).subquery("both")
    key = both.c.order, both.c.sort_name, both.c.service_id
    return select(both).order_by(*key).limit(bindparam("limit", type_=Integer))


def _placed(shape: Shape) -> Rows:
    """Place by place, from the nearest on, until there are enough."""
    metres = metres_to(Location)
    found = (
        _matching(shape, "here" if shape.within else "query", metres, metres)
        .join(ServiceAtLocation, ServiceAtLocation.service_id == LISTING.c.service_id)
        .join(Location, Location.id == ServiceAtLocation.location_id)
        .where(Location.easting.is_not(None), _close_by(shape), _is_nearest_place())
    )
    return _page(shape, found, metres)


def _nowhere(shape: Shape) -> Rows:
    place = order(shape, NOWHERE)
    found = _matching(shape, "nowhere", NOWHERE, place).where(LISTING.c.place_count == 0)
    return _page(shape, found, place)


def _weighed(shape: Shape) -> Rows:
    """Those with some of the words, by how many and how far: no index knows this order."""
    metres = metres_away()
    place = order(shape, metres)
    found = _matching(shape, "here" if shape.within else "query", metres, place)
    if shape.within:
        found = found.where(or_(LISTING.c.place_count == 0, metres <= REACH))
    return _page(shape, found, place)


def _best(shape: Shape) -> Rows:
    """The best matches; by name when there are no words to match."""
    place = order(shape, NOWHERE)
    if not shape.words:
        return _page(shape, _matching(shape, "query", NOWHERE, place), place)
    few = _matching(shape, "query", NOWHERE, NOWHERE).limit(WEIGHED).subquery("few")
    rows = select(*FOUND, NOWHERE.label("metres"), place.label("order"))
    return _page(shape, rows.join(few, few.c.service_id == LISTING.c.service_id), place)


def _matching(
    shape: Shape, name: str, metres: ColumnElement[Any], place: ColumnElement[Any]
) -> Rows:
    found = narrowed(shape, *FOUND, metres.label("metres"), place.label("order"))
    if shape.words:
        found = found.where(matches(name))
    return found.where(*fits(shape).values())


def _page(shape: Shape, rows: Rows, place: ColumnElement[Any]) -> Rows:
    key = place, LISTING.c.sort_name, LISTING.c.service_id
    rows = rows.where(later(*key)) if shape.later else rows
    return rows.order_by(*key).limit(bindparam("limit", type_=Integer))


def _close_by(shape: Shape) -> ColumnElement[bool]:
    """Whether a location is within reach as the crow flies.

    Without words its spatial index says so. With words, the words and the squares around have
    left few, and each is measured.
    """
    if not shape.within:
        return true()
    if shape.words:
        return metres_to(Location) <= REACH
    return Location.spot.bool_op("<@")(func.circle(HERE, REACH))


def _is_nearest_place() -> ColumnElement[bool]:
    """That no other place of the same service is nearer; nearly every service has only one."""
    nearest = func.trellis.nearest_place(LISTING.c.service_id, HERE)
    return or_(LISTING.c.place_count == 1, ServiceAtLocation.id == nearest)
