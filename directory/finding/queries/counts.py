"""What a search finds, in one pass: how many with each facet, and the first of them in order.

Within a group the choices are alternatives, so each is counted as if nothing of its own group
were chosen. Nothing is counted past a bound: with thousands of matches the numbers help nobody,
and the first of them are found sooner in another way (`matching`).
"""

import functools
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import (
    CTE,
    CompoundSelect,
    Float,
    Integer,
    Select,
    Text,
    and_,
    bindparam,
    cast,
    func,
    literal,
    or_,
    select,
    true,
    union_all,
)

from app.core.db import session
from directory.finding.queries.beside import by_facet, by_need_and_distance, numbers
from directory.finding.queries.narrowing import (
    REACH,
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
from directory.queries.card import Found, Key

MOST = 500
ALL, TOTAL, PAGE = "all", "total", "page"


@dataclass(frozen=True)
class Counts:
    """How many are found, and with each facet. `many`: more than `most`, too many to count."""

    total: int = 0
    by_facet: Mapping[str, int] = field(default_factory=dict)
    many: bool = False
    most: int = MOST

    def need(self, term_id: uuid.UUID) -> int:
        """How many help with a need; only while none is chosen."""
        return self.by_facet.get(f"need.{term_id}", 0)

    def within(self, miles: int) -> int:
        """How many are within reach; only up to the distance that was chosen."""
        return self.by_facet.get(f"within.{miles}", 0)


def counted(
    wanted: Wanted, saying: Saying, start: Key | None, limit: int
) -> tuple[Counts, list[Found]]:
    """How many, and `limit` of them after `start`; none of them when they are too many."""
    said = values(wanted, saying, start, limit)
    said |= {name: _parts(wanted, name) for name in ("day", "time")}
    rows = session.execute(_statement(Shape.of(wanted, saying, start)), said).all()
    page = sorted((row for row in rows if row.facet == PAGE), key=lambda row: row.number)
    beside = {row.facet: row.number for row in rows if row.facet != PAGE}
    many, total = beside.pop(ALL) > MOST, beside.pop(TOTAL)
    found = [Found(row.service_id, row.sort_name, row.order, row.metres) for row in page]
    return Counts(total, beside, many), found


def _parts(wanted: Wanted, group: str) -> list[str]:
    return [one.partition(".")[2] for one in wanted.chosen.by_group.get(group, ())]


@functools.cache
def _statement(shape: Shape) -> CompoundSelect[Any]:
    base = _base(shape)
    every = and_(true(), *fits(shape, base.c.facets).values())
    few = select(func.count() <= MOST).select_from(base).scalar_subquery()
    return union_all(
        numbers(literal(ALL), func.count()).select_from(base),
        numbers(literal(TOTAL), func.count()).select_from(base).where(every),
        *(rows.where(few) for rows in by_facet(base, shape)),
        *(rows.where(every, few) for rows in by_need_and_distance(base, shape)),
        select(_first(base, shape).where(every, few).subquery("first")),
    )


def _base(shape: Shape) -> CTE:
    """Everything but what the facets ask for, up to the bound."""
    metres = metres_away() if shape.near else cast(None, Float)
    columns = LISTING.c.service_id, LISTING.c.sort_name, LISTING.c.facets, LISTING.c.term_ids
    found = narrowed(shape, *columns, metres.label("metres"), order(shape, metres).label("order"))
    if shape.within:
        found = found.where(matches("here"), or_(LISTING.c.place_count == 0, metres <= REACH))
    elif shape.words:
        found = found.where(matches("query"))
    return found.limit(MOST + 1).cte("base").prefix_with("materialized")


def _first(base: CTE, shape: Shape) -> Select[Any]:
    key = base.c.order, base.c.sort_name, base.c.service_id
    number = func.row_number().over(order_by=key).label("number")
    facet = cast(literal(PAGE), Text).label("facet")
    rows = select(facet, number, base.c.service_id, base.c.sort_name, base.c.order, base.c.metres)
    rows = rows.order_by(number).limit(bindparam("limit", type_=Integer))
    return rows.where(later(*key)) if shape.later else rows
