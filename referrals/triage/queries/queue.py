"""What waits for the team: to be answered, to be allocated, or on hold. Oldest due first."""

import enum
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, or_, tuple_

from app.core.db import session
from app.identity.actor import Actor
from referrals.record.models.relationship import Relationship, Standing
from referrals.record.models.status import Status
from referrals.record.queries.keyset import NO_DATE, PAGE, Place
from referrals.record.queries.referral import own_relationships


class Show(enum.StrEnum):
    """Which part of the queue."""

    ALL = "all"
    ANSWER = "answer"
    ALLOCATE = "allocate"
    HOLD = "hold"


_unallocated = Relationship.link_worker_id.is_(None)
_to_answer = Relationship.status == Status.REQUESTED
_to_allocate = and_(Relationship.status == Status.ACCEPTED, _unallocated)
_on_hold = and_(Relationship.status == Status.ON_HOLD, _unallocated)
WHICH: dict[Show, ColumnElement[bool]] = {
    Show.ALL: or_(_to_answer, _to_allocate),
    Show.ANSWER: _to_answer,
    Show.ALLOCATE: _to_allocate,
    Show.HOLD: _on_hold,
}
_due = func.coalesce(Relationship.next_due_on, NO_DATE)


@dataclass(frozen=True)
class Queue:
    """One page of the queue, and where the next begins."""

    rows: Sequence[Relationship]
    following: Place | None


def page(actor: Actor, show: Show, after: Place | None = None) -> Queue:
    """Up to 50 that wait, from `after` on."""
    waiting = own_relationships(actor).where(
        Relationship.role == Standing.HOLDER, Relationship.is_open, WHICH[show]
    )
    if after:
        key = tuple_(_due, Relationship.referral_id)
        waiting = waiting.where(key > tuple_(after.due, after.referral_id))
    ordered = waiting.order_by(_due, Relationship.referral_id).limit(PAGE + 1)
    rows = session.scalars(ordered).all()
    if len(rows) <= PAGE:
        return Queue(rows, None)
    last = rows[PAGE - 1]
    return Queue(rows[:PAGE], Place(0, last.next_due_on or NO_DATE, last.referral_id))


def counts(actor: Actor) -> dict[Show, int]:
    """How many there are of each kind, in one query."""
    waiting = own_relationships(actor).where(
        Relationship.role == Standing.HOLDER, Relationship.is_open
    )
    columns = [func.count().filter(WHICH[show]).label(show.name) for show in Show]
    found = session.execute(waiting.with_only_columns(*columns)).one()
    return dict(zip(Show, found, strict=True))
