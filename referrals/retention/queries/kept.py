"""Whose time has come, and how long one person's records are kept."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Row, func, select
from sqlalchemy.sql.selectable import TableValuedAlias

from app.core import clock
from app.core.db import session
from app.core.errors import NotFound
from app.identity.actor import Actor
from config.retention import Retention
from referrals.record.queries.keyset import NO_DATE, Place, place
from referrals.retention.models.kept import Kept
from referrals.retention.policy import SEE_KEPT

PAGE = 50
COLUMNS = ("person_id", "refs", "is_open", "ended_on", "rule", "due_on", "erased")


@dataclass(frozen=True)
class DuePage:
    """One page; `after` is the cursor of the following one, or empty."""

    people: list[Kept]
    after: str = ""


def due(actor: Actor, retention: Retention, after: str = "", limit: int = PAGE) -> DuePage:
    """Whose records need not be kept any longer, the longest overdue first."""
    SEE_KEPT.require(actor)
    start = place(after)
    rows = func.trellis.people_due(
        clock.today(),
        retention.adult_years,
        retention.child_age,
        retention.declined_years,
        start.due if start else None,
        start.referral_id if start else None,
        limit + 1,
    ).table_valued(*COLUMNS)
    people = _read(rows)
    shown = people[:limit]
    last = shown[-1] if len(people) > limit else None
    more = str(Place(0, last.due_on or NO_DATE, last.person_id)) if last else ""
    return DuePage(shown, more)


def get(actor: Actor, retention: Retention, person_id: uuid.UUID) -> Kept:
    """One person. Raises NotFound when absent, or nobody this agency sent or received."""
    SEE_KEPT.require(actor)
    found = _read(_one(retention, person_id, None))
    if not found:
        raise NotFound("There is no such record")
    return found[0]


def by_reference(actor: Actor, retention: Retention, reference: str) -> Kept | None:
    """The person of a referral, None like `get`."""
    SEE_KEPT.require(actor)
    return next(iter(_read(_one(retention, None, reference))), None)


def _one(
    retention: Retention, person_id: uuid.UUID | None, reference: str | None
) -> TableValuedAlias:
    return func.trellis.overseen_person(
        person_id,
        reference,
        retention.adult_years,
        retention.child_age,
        retention.declined_years,
    ).table_valued(*COLUMNS)


def _read(rows: TableValuedAlias) -> list[Kept]:
    found: Sequence[Row[tuple[object, ...]]] = session.execute(select(rows)).all()
    return [Kept(**row._mapping) for row in found]
