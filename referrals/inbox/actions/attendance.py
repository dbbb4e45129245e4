"""What happened at the service: booked, attended, did not attend, cancelled, ended."""

from datetime import date, timedelta

from app.core import clock
from app.core.errors import Conflict, Invalid
from app.identity.actor import Actor
from referrals.inbox.actions.answer import say
from referrals.inbox.policy import ANSWER
from referrals.onward.models.onward_referral import Attendance, OnwardReferral
from referrals.record.models.status import Reason, Status

NEXT_REPORT = timedelta(days=28)
TAKEN_ON = (Status.ACCEPTED, Status.IN_PROGRESS)


def book(actor: Actor, onward: OnwardReferral, day: date, words: str = "") -> None:
    """A date is set for them."""
    _taken_on(actor, onward)
    if day < clock.today():
        raise Invalid("The date they are booked for must be today or in the future")
    onward.attendance, onward.appointment_on = Attendance.BOOKED, day
    say(actor, onward, "booked", words, due=day)


def attended(actor: Actor, onward: OnwardReferral, words: str = "") -> None:
    """They came: help has been received."""
    _taken_on(actor, onward)
    if onward.status == Status.ACCEPTED:
        onward.move(Status.IN_PROGRESS)
    onward.attendance = Attendance.ATTENDED
    say(actor, onward, "attended", words, due=clock.today() + NEXT_REPORT)


def did_not_attend(actor: Actor, onward: OnwardReferral, words: str = "") -> None:
    """They did not come; the team follows it up."""
    _taken_on(actor, onward)
    onward.attendance = Attendance.DID_NOT_ATTEND
    say(actor, onward, "did not attend", words, due=clock.today() + NEXT_REPORT)


def event_cancelled(actor: Actor, onward: OnwardReferral, words: str = "") -> None:
    """It did not take place, through no doing of theirs."""
    _taken_on(actor, onward)
    onward.attendance = Attendance.EVENT_CANCELLED
    say(actor, onward, "event cancelled", words, due=clock.today() + NEXT_REPORT)


def complete(actor: Actor, onward: OnwardReferral, words: str = "") -> None:
    """It is over, and they were helped."""
    _taken_on(actor, onward)
    _begun(onward)
    onward.move(Status.COMPLETED)
    say(actor, onward, "finished", words)


def fail(actor: Actor, onward: OnwardReferral, reason: Reason, words: str = "") -> None:
    """It is over without help, for a reason."""
    _taken_on(actor, onward)
    if reason == Reason.OTHER and not words:
        raise Invalid("Say in words why it ended")
    _begun(onward)
    onward.move(Status.FAILED, reason)
    say(actor, onward, "ended without help", words)


def _taken_on(actor: Actor, onward: OnwardReferral) -> None:
    ANSWER.require(actor, onward)
    if onward.status not in TAKEN_ON:
        raise Conflict("Accept this onward referral first")


def _begun(onward: OnwardReferral) -> None:
    if onward.status == Status.ACCEPTED:
        onward.move(Status.IN_PROGRESS)
