"""The numbers beside the choices, of what a search has let through: a part of its one statement."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Float,
    Integer,
    Select,
    Text,
    Uuid,
    and_,
    any_,
    cast,
    func,
    literal,
    or_,
    select,
    true,
)
from sqlalchemy.dialects.postgresql import ARRAY

from directory.finding.models.facet import MILES
from directory.finding.queries.narrowing import Shape, fits, texts
from directory.queries.card import METRES_PER_MILE


def numbers(facet: ColumnElement[Any], number: ColumnElement[int]) -> Select[Any]:
    """A choice with its number; what else the statement gives back is empty here."""
    nothing = (("service_id", Uuid), ("sort_name", Text), ("order", Float), ("metres", Float))
    empty = [cast(None, kind).label(name) for name, kind in nothing]
    return select(cast(facet, Text).label("facet"), number.label("number"), *empty)


def by_facet(base: CTE, shape: Shape) -> list[Select[Any]]:
    """The facets of every service that everything else lets through."""
    said = base, func.unnest(base.c.facets).table_valued("facet").render_derived()
    facet = said[1].c.facet
    group = func.split_part(facet, ".", 1)
    # With a time chosen, a day counts where both fall together; and the other way round.
    other = {"day": "time", "time": "day"}
    together = [one for one in other if other[one] in shape.groups]
    marks = fits(shape, base.c.facets).items()
    passed = and_(true(), *(or_(fit, group.in_(sorted(groups))) for groups, fit in marks))
    plain = numbers(facet, func.count()).select_from(*_joined(*said))
    return [
        plain.where(passed, group.not_in(["at", *together])).group_by(facet),
        *(_together(base, shape, one, other[one]) for one in together),
    ]


def by_need_and_distance(base: CTE, shape: Shape) -> Iterator[Select[Any]]:
    """Needs while none is chosen; distances up to the one that is, and what has no place."""
    if not shape.terms:
        need = func.unnest(base.c.term_ids).table_valued("id").render_derived()
        named = func.concat("need.", need.c.id)
        yield numbers(named, func.count()).select_from(*_joined(base, need)).group_by(named)
    if shape.near:
        far = func.unnest(literal(list(MILES), ARRAY(Integer))).table_valued("miles")
        far = far.render_derived()
        near = or_(base.c.metres.is_(None), base.c.metres <= far.c.miles * METRES_PER_MILE)
        named = func.concat("within.", far.c.miles)
        rows = numbers(named, func.count()).select_from(*_joined(base, far))
        yield rows.where(near).group_by(named)


def _together(base: CTE, shape: Shape, group: str, other: str) -> Select[Any]:
    """Count "at.monday-morning" as a Monday, of each service once."""
    at = func.unnest(base.c.facets).table_valued("facet").render_derived()
    words = func.split_part(at.c.facet, ".", 2)
    parts = {"day": func.split_part(words, "-", 1), "time": func.split_part(words, "-", 2)}
    shown = func.concat(f"{group}.", parts[group])
    marks = fits(shape, base.c.facets).items()
    passed = and_(true(), *(fit for groups, fit in marks if group not in groups))
    return (
        numbers(shown, func.count(base.c.service_id.distinct()))
        .select_from(*_joined(base, at))
        .where(at.c.facet.startswith("at."), passed, parts[other] == any_(texts(other)))
        .group_by(shown)
    )


def _joined(base: CTE, facets: Any) -> tuple[Any, ...]:
    return (base.join(facets, true()),)
