"""How many there would be with each facet: one pass over what the words and the place let through.

Within a group the choices are alternatives, so each is counted as if nothing of its own group
were chosen. Nothing is counted past a bound: with thousands of matches the numbers help nobody.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    CompoundSelect,
    Select,
    and_,
    func,
    literal,
    or_,
    select,
    true,
    union_all,
)

from app.core.db import session
from directory.finding.models.facet import Chosen
from directory.finding.queries import cells
from directory.finding.queries.narrowing import (
    Wanted,
    fits,
    narrowed,
    squares,
    within_reach,
)
from directory.finding.queries.saying import Saying
from directory.models.listing import LISTING

MOST = 1_000
ALL, TOTAL = "all", "total"


@dataclass(frozen=True)
class Counts:
    """How many are found, and with each facet. `many`: too many to count."""

    total: int = 0
    by_facet: Mapping[str, int] = field(default_factory=dict)
    many: bool = False


def counts_of(wanted: Wanted, saying: Saying) -> Counts:
    """Count in one statement, of which the cost is bounded."""
    base = _base(wanted, saying)
    marks = fits(wanted.chosen, base.c.facets)
    every = and_(true(), *(fit for _groups, fit in marks))
    lines: CompoundSelect[Any] = union_all(
        select(literal(ALL).label("facet"), func.count().label("number")).select_from(base),
        select(literal(TOTAL), func.count()).select_from(base).where(every),
        *_by_facet(base, wanted.chosen, marks),
    )
    found = {row.facet: row.number for row in session.execute(lines)}
    many = found.pop(ALL) > MOST
    total = found.pop(TOTAL)
    return Counts(total, {} if many else found, many)


def _base(wanted: Wanted, saying: Saying) -> CTE:
    """Everything but what the facets ask for, up to the bound."""
    columns = LISTING.c.service_id, LISTING.c.facets
    reach = within_reach(wanted)
    if reach is None:
        rows: Select[Any] = narrowed(wanted, saying.query, *columns).limit(MOST + 1)
    else:
        here = narrowed(wanted, saying.query, *columns, where=squares(wanted))
        without = cells.nowhere() if wanted.typed else None
        anywhere = narrowed(wanted, saying.query, *columns, where=without)
        near = here.where(reach).limit(MOST + 1)
        nowhere = anywhere.where(LISTING.c.place_count == 0).limit(MOST + 1)
        both = union_all(select(near.subquery("near")), select(nowhere.subquery("nowhere")))
        rows = select(both.subquery("both")).limit(MOST + 1)
    return rows.cte("base").prefix_with("materialized")


Marks = list[tuple[frozenset[str], ColumnElement[bool]]]


def _by_facet(base: CTE, chosen: Chosen, marks: Marks) -> list[Select[str, int]]:
    """The facets of every service that everything else lets through."""
    said = base, func.unnest(base.c.facets).table_valued("facet").render_derived()
    facet = said[1].c.facet
    group = func.split_part(facet, ".", 1)
    days, times = chosen.by_group.get("day", ()), chosen.by_group.get("time", ())
    # With a time chosen, a day counts where both fall together; and the other way round.
    together = {"at", *(("day",) if times else ()), *(("time",) if days else ())}
    passed = and_(true(), *(or_(fit, group.in_(sorted(groups))) for groups, fit in marks))
    plain = select(facet, func.count()).select_from(*_joined(*said))
    lines = [plain.where(passed, group.not_in(sorted(together))).group_by(facet)]
    if times:
        lines.append(_together(base, "day", 1, _parts(times), marks))
    if days:
        lines.append(_together(base, "time", 2, _parts(days), marks))
    return lines


def _together(
    base: CTE, group: str, part: int, others: list[str], marks: Marks
) -> Select[str, int]:
    """Count "at.monday-morning" as a Monday, of each service once."""
    at = func.unnest(base.c.facets).table_valued("facet").render_derived()
    words = func.split_part(at.c.facet, ".", 2)
    shown = func.concat(f"{group}.", func.split_part(words, "-", part))
    passed = and_(true(), *(fit for groups, fit in marks if group not in groups))
    return (
        select(shown, func.count(base.c.service_id.distinct()))
        .select_from(*_joined(base, at))
        .where(at.c.facet.startswith("at."), passed)
        .where(func.split_part(words, "-", 3 - part).in_(others))
        .group_by(shown)
    )


def _joined(base: CTE, facets: Any) -> tuple[Any, ...]:
    return (base.join(facets, true()),)


def _parts(facets: tuple[str, ...]) -> list[str]:
    return [one.partition(".")[2] for one in facets]
