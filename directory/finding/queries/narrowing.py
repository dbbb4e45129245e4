"""The conditions of a search, over the narrow listing rows; each is answered by an index."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal, or_, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import Text

from directory.finding.models.facet import GROUPS, Chosen
from directory.models.listing import LISTING
from directory.models.location import Location, ServiceAtLocation
from directory.queries.card import METRES_PER_MILE
from directory.queries.postcode import Spot
from directory.queries.words import SearchWords

__all__ = ["Wanted", "close_by", "fits", "narrowed", "within_reach"]

Rows = Select[Any]
EVERY = {group.code for group in GROUPS if group.every}


@dataclass(frozen=True)
class Wanted:
    """What a search asks for, with the place already looked up. `within` is in miles."""

    typed: SearchWords
    term_ids: Collection[uuid.UUID] = ()
    near: Spot | None = None
    within: int | None = None
    age: int | None = None
    chosen: Chosen = field(default_factory=lambda: Chosen({}))


def narrowed(wanted: Wanted, query: ColumnElement[str], *columns: ColumnElement[Any]) -> Rows:
    """Open listings that the words, the needs, the age and the area let through."""
    row = LISTING.c
    found = select(*columns).select_from(LISTING).where(row.is_open)
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


def fits(
    chosen: Chosen, have: ColumnElement[Any] = LISTING.c.facets
) -> list[tuple[frozenset[str], ColumnElement[bool]]]:
    """What the chosen facets ask for, each with the groups that it is about."""
    found: list[tuple[frozenset[str], ColumnElement[bool]]] = []
    for group, facets in chosen.by_group.items():
        operator = "@>" if group in EVERY else "&&"
        found.append((frozenset({group}), have.bool_op(operator)(_texts(facets))))
    if chosen.together:
        both = have.bool_op("&&")(_texts(chosen.together))
        found.append((frozenset({"day", "time"}), both))
    return found


def close_by(near: Spot, miles: int) -> ColumnElement[bool]:
    """Whether a location is within some miles as the crow flies; its spatial index knows."""
    around = func.circle(func.point(near.easting, near.northing), miles * METRES_PER_MILE)
    return Location.spot.bool_op("<@")(around)


def within_reach(wanted: Wanted) -> ColumnElement[bool] | None:
    """Whether a listing has a place near enough; None when distance does not matter."""
    if wanted.near is None or wanted.within is None:
        return None
    nearby = (
        select(ServiceAtLocation.service_id)
        .join(Location, Location.id == ServiceAtLocation.location_id)
        .where(close_by(wanted.near, wanted.within))
    )
    return LISTING.c.service_id.in_(nearby)


def _texts(facets: Collection[str]) -> ColumnElement[Any]:
    return literal(list(facets), ARRAY(Text))
