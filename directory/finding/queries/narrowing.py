"""The conditions of a search, over the narrow listing rows; each is answered by an index."""

import functools
import uuid
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal, or_, select, true
from sqlalchemy.dialects.postgresql import ARRAY, TSQUERY
from sqlalchemy.types import Text

from app.core.db import session
from directory.finding.models.facet import GROUPS, Chosen
from directory.finding.queries import cells
from directory.models.listing import LISTING
from directory.models.location import Location, ServiceAtLocation
from directory.queries.card import METRES_PER_MILE, metres_from
from directory.queries.postcode import Spot
from directory.queries.words import SearchWords

Rows = Select[Any]
CUSTOM = select(
    func.set_config("plan_cache_mode", "force_custom_plan", True),
    func.set_config("enable_seqscan", "off", True),
)
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


def narrowed(
    wanted: Wanted,
    query: ColumnElement[str],
    *columns: ColumnElement[Any],
    where: ColumnElement[str] | None = None,
) -> Rows:
    """Open listings that the words, the needs, the age and the area let through.

    `where` is a query for squares of the grid, answered together with the words.
    """
    row = LISTING.c
    found = select(*columns).select_from(LISTING).where(row.is_open)
    asked = [query] if wanted.typed else []
    asked += [where] if where is not None else []
    if asked:
        found = found.where(row.words.bool_op("@@")(functools.reduce(_both, asked)))
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


def _both(one: ColumnElement[str], other: ColumnElement[str]) -> ColumnElement[str]:
    return one.op("&&", return_type=TSQUERY())(other)


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


def close_by(wanted: Wanted) -> ColumnElement[bool]:
    """Whether a location is within reach as the crow flies.

    Without words its spatial index says so. With words, the words and the squares around have
    left few, and each is measured.
    """
    if wanted.near is None or wanted.within is None:
        return true()
    reach = wanted.within * METRES_PER_MILE
    if wanted.typed:
        return metres_from(wanted.near, Location) <= reach
    around = func.circle(func.point(wanted.near.easting, wanted.near.northing), reach)
    return Location.spot.bool_op("<@")(around)


def squares(wanted: Wanted) -> ColumnElement[str] | None:
    """The squares of the grid that a search with words is about; None where it is not."""
    if wanted.near is None or wanted.within is None or not wanted.typed:
        return None
    return cells.around(wanted.near, wanted.within)


def planned_for_these_values() -> None:
    """Let the statements to come be planned for what is asked, and through their indexes.

    A plan for any values at all cannot know which words are rare; and rows of words are larger
    than they look, so that reading the whole table seems cheap and is not.
    """
    session.execute(CUSTOM)


def within_reach(wanted: Wanted) -> ColumnElement[bool] | None:
    """Whether a listing has a place near enough; None when distance does not matter."""
    if wanted.near is None or wanted.within is None:
        return None
    nearby = (
        select(ServiceAtLocation.service_id)
        .join(Location, Location.id == ServiceAtLocation.location_id)
        .where(close_by(wanted))
    )
    return LISTING.c.service_id.in_(nearby)


def _texts(facets: Collection[str]) -> ColumnElement[Any]:
    return literal(list(facets), ARRAY(Text))
