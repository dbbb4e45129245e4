"""What a search finds, in one pass: how many with each facet, and the first of them in order.

Within a group the choices are alternatives, so each is counted as if nothing of its own group
were chosen. Nothing is counted past a bound: with thousands of matches the numbers help nobody,
and the first of them are found sooner in another way (`matching`).
"""

import functools
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    CompoundSelect,
    Float,
    Integer,
    Select,
    Text,
    Uuid,
    and_,
    any_,
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
from directory.finding.queries.narrowing import (
    REACH,
    Shape,
    Wanted,
    fits,
    matches,
    metres_away,
    narrowed,
    texts,
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


def counted(
    wanted: Wanted, saying: Saying, start: Key | None, limit: int
) -> tuple[Counts, list[Found]]:
    """How many, and `limit` of them after `start`; none of them when they are too many."""
    said = values(wanted, saying, start, limit)
    said |= {name: _parts(wanted, name) for name in ("day", "time")}
    rows = session.execute(_statement(Shape.of(wanted, saying, start)), said).all()
    page = sorted((row for row in rows if row.facet == PAGE), key=lambda row: row.number)
    numbers = {row.facet: row.number for row in rows if row.facet != PAGE}
    many, total = numbers.pop(ALL) > MOST, numbers.pop(TOTAL)
    found = [Found(row.service_id, row.sort_name, row.order, row.metres) for row in page]
    return Counts(total, numbers, many), found


def _parts(wanted: Wanted, group: str) -> list[str]:
    return [one.partition(".")[2] for one in wanted.chosen.by_group.get(group, ())]


@functools.cache
def _statement(shape: Shape) -> CompoundSelect[Any]:
    base = _base(shape)
    every = and_(true(), *fits(shape, base.c.facets).values())
    few = select(func.count() <= MOST).select_from(base).scalar_subquery()
    return union_all(
        _numbers(literal(ALL), func.count()).select_from(base),
        _numbers(literal(TOTAL), func.count()).select_from(base).where(every),
        *(rows.where(few) for rows in _by_facet(base, shape)),
        select(_first(base, shape).where(every, few).subquery("first")),
    )


def _base(shape: Shape) -> CTE:
    """Everything but what the facets ask for, up to the bound."""
    metres = metres_away() if shape.near else cast(None, Float)
    columns = LISTING.c.service_id, LISTING.c.sort_name, LISTING.c.facets
    found = narrowed(shape, *columns, metres.label("metres"), order(shape, metres).label("order"))
    if shape.within:
        found = found.where(matches("here"), or_(LISTING.c.place_count == 0, metres <= REACH))
    elif shape.words:
        found = found.where(matches("query"))
    return found.limit(MOST + 1).cte("base").prefix_with("materialized")


def _numbers(facet: ColumnElement[Any], number: ColumnElement[int]) -> Select[Any]:
    nothing = (("service_id", Uuid), ("sort_name", Text), ("order", Float), ("metres", Float))
    empty = [cast(None, kind).label(name) for name, kind in nothing]
    return select(cast(facet, Text).label("facet"), number.label("number"), *empty)


def _first(base: CTE, shape: Shape) -> Select[Any]:
    key = base.c.order, base.c.sort_name, base.c.service_id
    number = func.row_number().over(order_by=key).label("number")
    facet = cast(literal(PAGE), Text).label("facet")
    rows = select(facet, number, base.c.service_id, base.c.sort_name, base.c.order, base.c.metres)
    rows = rows.order_by(number).limit(bindparam("limit", type_=Integer))
    return rows.where(later(*key)) if shape.later else rows


def _by_facet(base: CTE, shape: Shape) -> list[Select[Any]]:
    """The facets of every service that everything else lets through."""
    said = base, func.unnest(base.c.facets).table_valued("facet").render_derived()
    facet = said[1].c.facet
    group = func.split_part(facet, ".", 1)
    # With a time chosen, a day counts where both fall together; and the other way round.
    other = {"day": "time", "time": "day"}
    together = [one for one in other if other[one] in shape.groups]
    marks = fits(shape, base.c.facets).items()
    passed = and_(true(), *(or_(fit, group.in_(sorted(groups))) for groups, fit in marks))
    plain = _numbers(facet, func.count()).select_from(*_joined(*said))
    return [
        plain.where(passed, group.not_in(["at", *together])).group_by(facet),
        *(_together(base, shape, one, other[one]) for one in together),
    ]


def _together(base: CTE, shape: Shape, group: str, other: str) -> Select[Any]:
    """Count "at.monday-morning" as a Monday, of each service once."""
    at = func.unnest(base.c.facets).table_valued("facet").render_derived()
    words = func.split_part(at.c.facet, ".", 2)
    parts = {"day": func.split_part(words, "-", 1), "time": func.split_part(words, "-", 2)}
    shown = func.concat(f"{group}.", parts[group])
    marks = fits(shape, base.c.facets).items()
    passed = and_(true(), *(fit for groups, fit in marks if group not in groups))
    return (
        _numbers(shown, func.count(base.c.service_id.distinct()))
        .select_from(*_joined(base, at))
        .where(at.c.facet.startswith("at."), passed, parts[other] == any_(texts(other)))
        .group_by(shown)
    )


def _joined(base: CTE, facets: Any) -> tuple[Any, ...]:
    return (base.join(facets, true()),)
