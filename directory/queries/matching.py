"""The services that match, a page of them in order: the only statement whose cost can grow.

With an area the nearest come first, straight from the spatial index of locations when little else
narrows the search; services without a known place follow. Without one the best match comes first.
"""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Float,
    Select,
    Subquery,
    cast,
    exists,
    func,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy import tuple_ as row_of
from sqlalchemy.orm import aliased

from directory.models.listing import LISTING
from directory.models.location import Location, ServiceAtLocation
from directory.queries.card import NO_DISTANCE, Key, metres_from
from directory.queries.postcode import Spot
from directory.queries.words import SearchWords

Rows = Select[Any]
FOUND = LISTING.c.service_id, LISTING.c.sort_name


@dataclass(frozen=True)
class Wanted:
    """What a search asks for, with the area already looked up."""

    typed: SearchWords
    term_ids: Collection[uuid.UUID]
    near: Spot | None
    age: int | None


def page_of(wanted: Wanted, query: ColumnElement[str], start: Key | None, limit: int) -> Subquery:
    """(service_id, sort_name, key) of `limit` services at most, after `start`, by key."""
    if wanted.near is None:
        key = _mismatch(query) if wanted.typed else literal(0.0)
        return _page(_narrowed(wanted, query, key), key, start, limit).subquery("found")
    metres = metres_from(wanted.near, Location)
    placed = (
        _narrowed(wanted, query, metres)
        .join(ServiceAtLocation, ServiceAtLocation.service_id == LISTING.c.service_id)
        .join(Location, Location.id == ServiceAtLocation.location_id)
        .where(Location.easting.is_not(None), _is_nearest_place(wanted.near))
    )
    last = literal(NO_DISTANCE)
    nowhere = _narrowed(wanted, query, last).where(LISTING.c.place_count == 0)
    both = union_all(
        select(_page(placed, metres, start, limit).subquery("placed")),
        select(_page(nowhere, last, start, limit).subquery("nowhere")),
    ).subquery("both")
    order = both.c.key, both.c.sort_name, both.c.service_id
    return select(both).order_by(*order).limit(limit).subquery("found")


def _page(rows: Rows, key: ColumnElement[float], start: Key | None, limit: int) -> Rows:
    order = key, LISTING.c.sort_name, LISTING.c.service_id
    if start is not None:
        rows = rows.where(row_of(*order) > row_of(*(literal(part) for part in start)))
    return rows.order_by(*order).limit(limit)


def _narrowed(wanted: Wanted, query: ColumnElement[str], key: ColumnElement[float]) -> Rows:
    row = LISTING.c
    found = select(*FOUND, key.label("key")).where(row.is_open)
    if wanted.typed:
        # A query of nothing but stop words ("the") asks for nothing in particular.
        found = found.where(or_(func.numnode(query) == 0, row.words.bool_op("@@")(query)))
    if wanted.term_ids:
        found = found.where(row.term_ids.overlap(list(wanted.term_ids)))
    if wanted.age is not None:
        found = found.where(
            or_(row.minimum_age.is_(None), row.minimum_age <= wanted.age),
            or_(row.maximum_age.is_(None), row.maximum_age >= wanted.age),
        )
    if wanted.near:
        covers = literal(wanted.near.outward) == func.any(row.outwards)
        found = found.where(or_(row.outwards.is_(None), covers))
    return found


def _mismatch(query: ColumnElement[str]) -> ColumnElement[float]:
    """How far the words are from a perfect match, 0 to 1."""
    return cast(1 - func.ts_rank_cd(LISTING.c.words, query, 32), Float)


def _is_nearest_place(near: Spot) -> ColumnElement[bool]:
    """That no other place of the same service is nearer; nearly every service has only one."""
    place, location = aliased(ServiceAtLocation), aliased(Location)
    nearer = row_of(metres_from(near, location), place.id) < row_of(
        metres_from(near, Location), ServiceAtLocation.id
    )
    another = exists().where(
        place.service_id == LISTING.c.service_id,
        location.id == place.location_id,
        location.easting.is_not(None),
        nearer,
    )
    return or_(LISTING.c.place_count == 1, ~another)
