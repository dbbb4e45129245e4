"""Messages to the referrer; here the one that a community referrer writes when a plan is agreed."""

from sqlalchemy import select

from app.core import audit
from app.core.db import session
from app.core.errors import Conflict
from app.identity.actor import Actor
from referrals.finish.models.message import Letter, Message, MessageKind
from referrals.finish.policy import TELL_REFERRER
from referrals.record.actions import event, next_step
from referrals.record.models.referral import Referral
from referrals.record.notices import Notice, tell_agency


def write(actor: Actor, referral: Referral, kind: MessageKind, letter: Letter) -> Message:
    """Store a message to the referrer. The caller has judged whether the actor may."""
    message = Message(
        referral_id=referral.id,
        person_id=referral.person_id,
        user_id=actor.user_id,
        kind=kind,
        words=letter,
    )
    session.add(message)
    audit.record(actor, "message.written", message, reason=str(kind))
    return message


def plan_agreed(actor: Actor, referral: Referral, letter: Letter) -> Message:
    """Tell the referrer what was agreed. Raises Conflict when they were told before."""
    TELL_REFERRER.require(actor, referral)
    if has(referral, MessageKind.PLAN_AGREED):
        raise Conflict("The referrer has been told of the plan already")
    message = write(actor, referral, MessageKind.PLAN_AGREED, letter)
    event.add(actor, referral, "plan agreed")
    next_step.refresh(referral)
    tell_agency(referral.from_agency_id, Notice.NEWS_OF_REFERRAL)
    return message


def has(referral: Referral, kind: MessageKind) -> bool:
    """Whether a message of this kind was written."""
    found = select(Message.id).where(Message.referral_id == referral.id, Message.kind == kind)
    return session.scalar(found.limit(1)) is not None
