"""Follow what was sent on: chase, reply, note an answer, keep waiting, take it back."""

from datetime import timedelta

from sqlalchemy import func, select, update

from app.core import audit, clock
from app.core.db import session
from app.core.errors import Conflict
from app.identity.actor import Actor
from config.settings import Settings
from referrals.onward.actions import step
from referrals.onward.models.onward_referral import OnwardReferral
from referrals.onward.policy import FOLLOW
from referrals.record import notices
from referrals.record.actions import event, next_step
from referrals.record.models.referral import Referral
from referrals.record.models.status import Reason, Status
from referrals.record.notices import Notice

CHASE_AGAIN_AFTER = 2


def chase(actor: Actor, referral: Referral, onward: OnwardReferral, words: str = "") -> None:
    """Remind a service that has not answered; look again in two working days."""
    FOLLOW.require(actor, referral)
    if onward.status != Status.REQUESTED:
        raise Conflict("This service has answered since")
    _look_again(onward, look_on=clock.working_days_after(clock.today(), CHASE_AGAIN_AFTER))
    step.add(actor, onward, "chased", words)
    _done(actor, referral, onward, "onward_referral.chased")
    notices.tell_agency(onward.to_agency_id, Notice.ANSWER_LATE)


def reply(actor: Actor, referral: Referral, onward: OnwardReferral, words: str) -> None:
    """Answer a question of the service, or tell it something; the service reads these words."""
    FOLLOW.require(actor, referral)
    _still_open(onward)
    step.add(actor, onward, "replied", words)
    _look_again(onward, news_at=None)
    _done(actor, referral, onward, "onward_referral.replied")
    notices.tell_agency(onward.to_agency_id, Notice.REPLY_ARRIVED)


def note_news(actor: Actor, referral: Referral, onward: OnwardReferral) -> None:
    """The team has read the answer and done what it asks for."""
    FOLLOW.require(actor, referral)
    _look_again(onward, news_at=None)
    _done(actor, referral, onward, "onward_referral.noted")


def keep_waiting(
    actor: Actor, referral: Referral, onward: OnwardReferral, settings: Settings
) -> None:
    """The person still wants to wait; ask again in four weeks."""
    FOLLOW.require(actor, referral)
    if onward.status != Status.ON_HOLD:
        raise Conflict("This is not on a waiting list any more")
    again = clock.today() + timedelta(days=settings.waiting_review_days)
    _look_again(onward, look_on=again, news_at=None)
    step.add(actor, onward, "still waiting")
    _done(actor, referral, onward, "onward_referral.wait_reviewed")


def withdraw(
    actor: Actor, referral: Referral, onward: OnwardReferral, reason: Reason, words: str = ""
) -> None:
    """Take it back: from now on the receiver reads a reference, and no longer the person."""
    FOLLOW.require(actor, referral)
    onward.move(Status.CANCELLED, reason)
    onward.next_due_on = onward.look_on = onward.news_at = None
    step.add(actor, onward, "withdrawn", words)
    session.flush()
    session.execute(select(func.trellis.take_back(onward.id)))
    event.add(actor, referral, "onward referral withdrawn")
    _done(actor, referral, onward, "onward_referral.withdrawn", reason)
    notices.tell_agency(onward.to_agency_id, Notice.WITHDRAWN)


def _still_open(onward: OnwardReferral) -> None:
    if not onward.is_open:
        raise Conflict("This onward referral has ended")


def _look_again(onward: OnwardReferral, **values: object) -> None:
    """Change only what the receiver does not see, so that its open page stays fresh."""
    session.flush()
    session.execute(update(OnwardReferral).where(OnwardReferral.id == onward.id).values(**values))


def _done(
    actor: Actor, referral: Referral, onward: OnwardReferral, action: str, reason: str = ""
) -> None:
    session.flush()
    next_step.refresh(referral)
    audit.record(actor, action, onward, reason=reason)
