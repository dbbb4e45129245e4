"""The inbox of the actor's agency: a page at a time, by the clock."""

import enum
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, func, literal, select
from sqlalchemy import tuple_ as row_of

from app.core import keys
from app.core.db import session
from app.core.errors import NotFound
from app.identity.actor import Actor
from referrals.inbox.policy import READ_INBOX
from referrals.onward.models.disclosure import Disclosure
from referrals.onward.models.onward_referral import OnwardReferral
from referrals.onward.models.withdrawal import Withdrawal
from referrals.record.models.relationship import Relationship, Standing
from referrals.record.models.status import Status
from referrals.record.queries.referral import own_relationships

PAGE = 50
NEVER = date(9999, 12, 31)
DUE: ColumnElement[date] = func.coalesce(Relationship.next_due_on, NEVER)


class Box(enum.StrEnum):
    """The parts of the inbox, by what is to be done."""

    TO_ANSWER = "to answer"
    WAITING_LIST = "waiting list"
    TAKEN_ON = "taken on"
    ENDED = "ended"


HOLDS = {
    Box.TO_ANSWER: [Status.REQUESTED],
    Box.WAITING_LIST: [Status.ON_HOLD],
    Box.TAKEN_ON: [Status.ACCEPTED, Status.IN_PROGRESS],
    Box.ENDED: [Status.COMPLETED, Status.FAILED, Status.REJECTED],
}


@dataclass(frozen=True)
class Line:
    """One onward referral with what was disclosed of the person."""

    onward: OnwardReferral
    disclosure: Disclosure


@dataclass(frozen=True)
class InboxPage:
    """One page; `after` is the cursor of the following one, or empty."""

    lines: list[Line]
    after: str = ""


def own(actor: Actor) -> Select[Relationship]:
    """The actor's live onward relationships."""
    return own_relationships(actor).where(Relationship.role == Standing.ONWARD)


def page(actor: Actor, box: Box, after: str = "", limit: int = PAGE) -> InboxPage:
    """What lies in one part of the inbox, most urgent first. Three statements."""
    READ_INBOX.require(actor)
    wanted = own(actor).where(Relationship.status.in_(HOLDS[box]))
    if after:
        due, onward_id = _cursor(after)
        wanted = wanted.where(
            row_of(DUE, Relationship.onward_referral_id) > row_of(literal(due), literal(onward_id))
        )
    related = session.scalars(
        wanted.order_by(DUE, Relationship.onward_referral_id).limit(limit + 1)
    ).all()
    shown = related[:limit]
    last = shown[-1] if len(related) > limit else None
    more = f"{last.next_due_on or NEVER}_{last.onward_referral_id}" if last else ""
    return InboxPage(_lines(shown), more)


def counts(actor: Actor) -> dict[Box, int]:
    """How many lie in each part that asks for something."""
    READ_INBOX.require(actor)
    live = own(actor).where(Relationship.is_open).subquery()
    rows = session.execute(select(live.c.status, func.count()).group_by(live.c.status)).all()
    found: dict[str | None, int] = {status: number for status, number in rows if number}
    return {
        box: sum(found.get(status, 0) for status in HOLDS[box]) for box in Box if box != Box.ENDED
    }


def get(actor: Actor, onward_id: uuid.UUID) -> OnwardReferral:
    """One of them. Raises NotFound when it is absent, another agency's, or withdrawn."""
    related = session.scalar(own(actor).where(Relationship.onward_referral_id == onward_id))
    onward = session.get(OnwardReferral, onward_id) if related else None
    if onward is None:
        raise NotFound("There is no such onward referral")
    return onward


def withdrawals(actor: Actor) -> Sequence[Withdrawal]:
    """What was taken back and not acknowledged yet: references only."""
    READ_INBOX.require(actor)
    return session.scalars(
        select(Withdrawal)
        .where(Withdrawal.to_agency_id == actor.agency_id, Withdrawal.acknowledged_at.is_(None))
        .order_by(Withdrawal.created_at)
        .limit(PAGE)
    ).all()


def _cursor(text: str) -> tuple[date, uuid.UUID]:
    day, _, onward_id = text.partition("_")
    try:
        return date.fromisoformat(day), uuid.UUID(onward_id)
    except ValueError:
        raise NotFound("There is no such page") from None


def _lines(related: Sequence[Relationship]) -> list[Line]:
    order = [one.onward_referral_id for one in related]
    rows = session.execute(
        select(OnwardReferral, Disclosure)
        .join(Disclosure, Disclosure.onward_referral_id == OnwardReferral.id)
        .where(OnwardReferral.id.in_(order))
    ).all()
    found = {onward.id: Line(onward, disclosure) for onward, disclosure in rows}
    keys.preload(one.person_id for one in related)
    return [found[one] for one in order if one in found]
