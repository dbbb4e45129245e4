"""Finish a referral: only a person, with a reason, and only when nothing is left open."""

from dataclasses import replace

from app.core import audit
from app.core.errors import Invalid
from app.identity.actor import Actor
from referrals.finish.actions import message
from referrals.finish.models.closing import OUTCOMES, Closing
from referrals.finish.models.message import Message, MessageKind
from referrals.finish.policy import FINISH
from referrals.finish.queries import open_work, tried
from referrals.record.actions import event, next_step
from referrals.record.models.referral import Referral
from referrals.record.models.status import Status
from referrals.record.notices import Notice, tell_agency

EVENTS = {
    Status.COMPLETED: "finished",
    Status.FAILED: "ended without help",
    Status.CANCELLED: "withdrawn",
}


def close(actor: Actor, referral: Referral, closing: Closing) -> Message:
    """End the referral and write to the referrer.

    Raises:
        Denied: not the actor's to work on.
        Invalid: something is still open, which the message names; or a reason is missing.
    """
    FINISH.require(actor, referral)
    still_open = open_work.of(referral)
    if still_open:
        raise Invalid(f"This referral cannot finish yet. {still_open.words}")
    if closing.outcome not in OUTCOMES:
        raise Invalid("Say how the referral ended")
    _move(referral, closing)
    letter = replace(closing.letter, needs=tried.of(referral).needs)
    written = message.write(actor, referral, MessageKind.CLOSED, letter)
    event.add(actor, referral, EVENTS[closing.outcome])
    next_step.refresh(referral)
    audit.record(actor, "referral.closed", referral, reason=str(closing.reason or closing.outcome))
    tell_agency(referral.from_agency_id, Notice.NEWS_OF_REFERRAL)
    return written


def _move(referral: Referral, closing: Closing) -> None:
    if referral.status == Status.ON_HOLD:
        referral.resume()
    if referral.status == Status.ACCEPTED and closing.outcome != Status.CANCELLED:
        referral.move(Status.IN_PROGRESS)
    referral.move(closing.outcome, closing.reason if closing.outcome != Status.COMPLETED else None)
