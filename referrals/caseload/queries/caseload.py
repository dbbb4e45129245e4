"""A caseload: overdue first, then due, then waiting on others; within each the soonest due."""

import enum
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, case, func, or_, tuple_

from app.core import clock
from app.core.db import session
from app.identity.actor import Actor
from referrals.caseload.policy import TAKEN_ON
from referrals.record.models.relationship import Relationship, Standing
from referrals.record.models.status import Status
from referrals.record.queries.keyset import NO_DATE, PAGE, Place
from referrals.record.queries.referral import OWN, asking


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
_group: ColumnElement[int] = case(
    (Relationship.next_due_on < bindparam("today"), 1),
    (Relationship.waiting_on_others, 3),
    else_=2,
)
_key = (_group, _due, Relationship.referral_id)


@dataclass(frozen=True)
class Rows:
    """One page: (referral id, group) pairs, and where the next page begins."""

    pairs: Sequence[tuple[uuid.UUID, int]]
    following: Place | None


def page(actor: Actor, whose: Whose, show: Show, after: Place | None = None) -> Rows:
    """Up to 50 rows from `after` on."""
    asked = _asking(actor, whose)
    if after:
        asked |= {"group": after.group, "due": after.due, "referral_id": after.referral_id}
    rows = session.execute(_page(whose == TEAM, show, after is not None), asked).all()
    pairs = [(row.referral_id, row.shown_in) for row in rows[:PAGE]]
    if len(rows) <= PAGE:
        return Rows(pairs, None)
    last = rows[PAGE - 1]
    return Rows(pairs, Place(last.shown_in, last.next_due_on or NO_DATE, last.referral_id))


def counts(actor: Actor, whose: Whose) -> dict[Show, int]:
    """How many there are in each group, in one query."""
    counted = session.execute(_counts(whose == TEAM), _asking(actor, whose)).one()
    return dict(zip(Show, counted, strict=True))


def every(actor: Actor, whose: Whose, limit: int) -> Sequence[Relationship]:
    """Up to `limit` of a caseload, for a search through it."""
    rows = _open(whose == TEAM).order_by(_due, Relationship.referral_id).limit(limit)
    found: Sequence[Relationship] = session.scalars(rows, _asking(actor, whose)).all()
    return found


def _asking(actor: Actor, whose: Whose) -> dict[str, Any]:
    return asking(actor) | {"today": clock.today()} | ({} if whose == TEAM else {"whose": whose})


def _open(team: bool) -> Select[Relationship]:
    rows = OWN.where(
        Relationship.role == Standing.HOLDER,
        Relationship.is_open,
        Relationship.status.in_(TAKEN_ON),
        # Put on hold before anybody had it: still the triage's.
        or_(Relationship.link_worker_id.is_not(None), Relationship.status != Status.ON_HOLD),
    )
    return rows if team else rows.where(Relationship.link_worker_id == bindparam("whose"))


# Built once of each kind: putting a statement together takes longer than reading a page.
@cache
def _page(team: bool, show: Show, begun: bool) -> Select[*tuple[Any, ...]]:
    rows = _open(team)
    if show is not Show.ALL:
        rows = rows.where(_group == GROUPS[show])
    if begun:
        after = tuple_(bindparam("group"), bindparam("due"), bindparam("referral_id"))
        rows = rows.where(tuple_(*_key) > after)
    columns = Relationship.referral_id, Relationship.next_due_on, _group.label("shown_in")
    return rows.with_only_columns(*columns).order_by(*_key).limit(PAGE + 1)


@cache
def _counts(team: bool) -> Select[*tuple[Any, ...]]:
    each = [func.count().filter(_group == number) for number in GROUPS.values()]
    return _open(team).with_only_columns(func.count(), *each)
