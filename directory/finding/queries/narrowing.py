"""The conditions of a search over the narrow listing rows, each built once for its shape."""

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Float,
    Integer,
    Select,
    Text,
    Uuid,
    bindparam,
    cast,
    func,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import ARRAY, TSQUERY

from directory.finding.models.facet import GROUPS, Chosen
from directory.finding.queries import cells
from directory.finding.queries.saying import Saying
from directory.models.listing import LISTING
from directory.models.location import Location, ServiceAtLocation
from directory.queries.card import HERE, METRES_PER_MILE, Key, metres_to
from directory.queries.postcode import Spot
from directory.queries.reading import both, either
from directory.queries.words import SearchWords

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


@dataclass(frozen=True)
class Shape:
    """Which questions a search asks, without what they are about: each is one statement.

    Putting a statement together takes longer than finding what it asks for.
    """

    words: bool
    loosely: bool
    terms: bool
    near: bool
    within: bool
    age: bool
    groups: tuple[str, ...]
    together: bool
    later: bool

    @classmethod
    def of(cls, wanted: Wanted, saying: Saying, start: Key | None) -> "Shape":
        """The shape of a search."""
        return cls(
            words=bool(saying.query),
            loosely=bool(saying.every),
            terms=bool(wanted.term_ids),
            near=wanted.near is not None,
            within=wanted.near is not None and wanted.within is not None,
            age=wanted.age is not None,
            groups=tuple(wanted.chosen.by_group),
            together=bool(wanted.chosen.together),
            later=start is not None,
        )


def values(wanted: Wanted, saying: Saying, start: Key | None, limit: int) -> dict[str, Any]:
    """What the questions are about, by the names that the statements have for it."""
    said: dict[str, Any] = {
        "query": saying.query,
        "every": saying.every,
        "meant": saying.meant,
        "here": both(saying.query, _squares(wanted)),
        "nowhere": both(saying.query, cells.NOWHERE),
        "term_ids": list(wanted.term_ids),
        "age": wanted.age,
        "together": list(wanted.chosen.together),
        "limit": limit,
    }
    said |= {f"chosen_{group}": list(some) for group, some in wanted.chosen.by_group.items()}
    if wanted.near:
        said |= {"easting": wanted.near.easting, "northing": wanted.near.northing}
        said |= {"outward": wanted.near.outward, "reach": (wanted.within or 0) * METRES_PER_MILE}
    if start:
        said |= dict(zip(("after_order", "after_name", "after_id"), start, strict=True))
    return said


def _squares(wanted: Wanted) -> str:
    """The squares that a search is about, and none at all; empty where no distance matters."""
    if wanted.near is None or wanted.within is None:
        return ""
    return either(cells.around(wanted.near, wanted.within), cells.NOWHERE)


REACH: ColumnElement[float] = bindparam("reach", type_=Float)


def query(name: str) -> ColumnElement[str]:
    """One of the queries among the values."""
    return cast(bindparam(name, type_=Text), TSQUERY)


def matches(name: str) -> ColumnElement[bool]:
    """Whether the words of a listing, and its squares, are what a query asks for."""
    return LISTING.c.words.bool_op("@@")(query(name))


def narrowed(shape: Shape, *columns: ColumnElement[Any]) -> Rows:
    """Open listings that the needs, the age and the area let through."""
    row = LISTING.c
    found = select(*columns).select_from(LISTING).where(row.is_open)
    if shape.terms:
        found = found.where(row.term_ids.overlap(bindparam("term_ids", type_=ARRAY(Uuid))))
    if shape.age:
        age: ColumnElement[int] = bindparam("age", type_=Integer)
        found = found.where(
            or_(row.minimum_age.is_(None), row.minimum_age <= age),
            or_(row.maximum_age.is_(None), row.maximum_age >= age),
        )
    if shape.near:
        outward: ColumnElement[str] = bindparam("outward", type_=Text)
        found = found.where(or_(row.outwards.is_(None), outward == func.any(row.outwards)))
    return found


def fits(
    shape: Shape, have: ColumnElement[Any] = LISTING.c.facets
) -> Mapping[frozenset[str], ColumnElement[bool]]:
    """What the chosen facets ask for, by the groups that it is about."""
    found = {
        frozenset({group}): have.bool_op("@>" if group in EVERY else "&&")(texts(f"chosen_{group}"))
        for group in shape.groups
    }
    if shape.together:
        found[frozenset({"day", "time"})] = have.bool_op("&&")(texts("together"))
    return found


def texts(name: str) -> ColumnElement[Any]:
    """A list of texts among the values."""
    return bindparam(name, type_=ARRAY(Text))


def metres_away() -> ColumnElement[float]:
    """How far the nearest place of a listing is; the only one's spot stands on its row."""
    only = func.point(LISTING.c.easting, LISTING.c.northing).op("<->", return_type=Float())(HERE)
    nearest = (
        select(func.min(metres_to(Location)))
        .join(ServiceAtLocation, ServiceAtLocation.location_id == Location.id)
        .where(ServiceAtLocation.service_id == LISTING.c.service_id)
        .scalar_subquery()
    )
    return func.coalesce(only, nearest)
