"""A caseload: overdue first, then due, then waiting on others; within each the soonest due."""

import enum
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, case, func, or_, tuple_

from app.core import clock
from app.core.db import session
from app.identity.actor import Actor
from referrals.caseload.policy import TAKEN_ON
from referrals.record.models.relationship import Relationship, Standing
from referrals.record.models.status import Status
from referrals.record.queries.keyset import NO_DATE, PAGE, Place
from referrals.record.queries.referral import own_relationships


class Show(enum.StrEnum):
    """Which part of a caseload. The last three are the groups, in their order."""

    ALL = "all"
    OVERDUE = "overdue"
    DUE = "due"
    WAITING = "waiting"


GROUPS = {Show.OVERDUE: 1, Show.DUE: 2, Show.WAITING: 3}
TEAM = "team"
Whose = uuid.UUID | str  # a community referrer's id, or TEAM

_due = func.coalesce(Relationship.next_due_on, NO_DATE)


@dataclass(frozen=True)
class Rows:
    """One page: (relationship, group) pairs, and where the next page begins."""

    pairs: Sequence[tuple[Relationship, int]]
    following: Place | None


def page(actor: Actor, whose: Whose, show: Show, after: Place | None = None) -> Rows:
    """Up to 50 rows from `after` on."""
    group = _group()
    rows = _open(actor, whose)
    if show is not Show.ALL:
        rows = rows.where(group == GROUPS[show])
    key = tuple_(group, _due, Relationship.referral_id)
    if after:
        rows = rows.where(key > tuple_(after.group, after.due, after.referral_id))
    listed = rows.add_columns(group).order_by(group, _due, Relationship.referral_id)
    pairs = [(row[0], row[1]) for row in session.execute(listed.limit(PAGE + 1))]
    if len(pairs) <= PAGE:
        return Rows(pairs, None)
    last, its_group = pairs[PAGE - 1]
    following = Place(its_group, last.next_due_on or NO_DATE, last.referral_id)
    return Rows(pairs[:PAGE], following)


def counts(actor: Actor, whose: Whose) -> dict[Show, int]:
    """How many there are in each group, in one query."""
    group = _group()
    each = [func.count().filter(group == number) for number in GROUPS.values()]
    counted = _open(actor, whose).with_only_columns(func.count(), *each)
    return dict(zip(Show, session.execute(counted).one(), strict=True))


def every(actor: Actor, whose: Whose, limit: int) -> Sequence[Relationship]:
    """Up to `limit` of a caseload, for a search through it."""
    rows = _open(actor, whose).order_by(_due, Relationship.referral_id).limit(limit)
    found: Sequence[Relationship] = session.scalars(rows).all()
    return found


def _open(actor: Actor, whose: Whose) -> Any:
    rows = own_relationships(actor).where(
        Relationship.role == Standing.HOLDER,
        Relationship.is_open,
        Relationship.status.in_(TAKEN_ON),
        # Put on hold before anybody had it: still the triage's.
        or_(Relationship.link_worker_id.is_not(None), Relationship.status != Status.ON_HOLD),
    )
    return rows if whose == TEAM else rows.where(Relationship.link_worker_id == whose)


def _group() -> ColumnElement[int]:
    return case(
        (Relationship.next_due_on < clock.today(), 1),
        (Relationship.waiting_on_others, 3),
        else_=2,
    )
