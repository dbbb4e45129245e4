"""Answer: accept, decline with a reason, waiting list, or ask first."""

from datetime import date, timedelta

from sqlalchemy import func, select

from app.core import audit, clock
from app.core.db import session
from app.core.errors import Conflict, Invalid
from app.identity.actor import Actor
from config.settings import Settings
from directory import catalogue
from directory.catalogue import LifeSign
from referrals.inbox.policy import ANSWER
from referrals.onward.actions import step
from referrals.onward.models.onward_referral import OnwardReferral
from referrals.record import notices
from referrals.record.models.status import Reason, Status
from referrals.record.notices import Notice

WAITING_REVIEW = timedelta(days=28)


def accept(actor: Actor, onward: OnwardReferral, settings: Settings, words: str = "") -> None:
    """Say yes, at once or from the waiting list; book or report within the answering time."""
    ANSWER.require(actor, onward)
    _off_the_list(onward)
    onward.move(Status.ACCEPTED)
    due = clock.working_days_after(clock.today(), settings.onward_answer_working_days)
    say(actor, onward, "accepted", words, due=due)
    catalogue.note_life_sign(actor, onward.service_id, LifeSign.ACCEPTED)


def decline(actor: Actor, onward: OnwardReferral, reason: Reason, words: str = "") -> None:
    """Say no, with a reason; "other" needs words."""
    ANSWER.require(actor, onward)
    if reason == Reason.OTHER and not words:
        raise Invalid("Say in words why you decline")
    _off_the_list(onward)
    onward.move(Status.REJECTED, reason)
    say(actor, onward, "declined", words)
    if reason == Reason.SERVICE_CLOSED:
        catalogue.note_life_sign(actor, onward.service_id, LifeSign.CLOSED)


def wait(actor: Actor, onward: OnwardReferral, until: date, words: str = "") -> None:
    """Put on the waiting list, to be looked at again on a date."""
    ANSWER.require(actor, onward)
    if until <= clock.today():
        raise Invalid("The date to look at it again must be in the future")
    _off_the_list(onward)
    onward.hold(until, Reason.FULL)
    say(actor, onward, "waiting list", words, due=until)


def ask(actor: Actor, onward: OnwardReferral, words: str) -> None:
    """Ask the sender something; the clock goes on."""
    ANSWER.require(actor, onward)
    say(actor, onward, "asked", words, due=onward.next_due_on)


def say(
    actor: Actor, onward: OnwardReferral, kind: str, words: str = "", *, due: date | None = None
) -> None:
    """What every answer ends with: a step, news for the team, audit, a notice."""
    onward.next_due_on = due
    onward.look_on = _team_looks_on(onward, due)
    onward.news_at = clock.now()
    step.add(actor, onward, kind, words)
    session.flush()
    works_on_it = session.scalar(select(func.trellis.answer_arrived(onward.id)))
    audit.record(actor, f"onward_referral.{kind.replace(' ', '_')}", onward)
    notices.tell_user(works_on_it or onward.created_by, Notice.ANSWER_ARRIVED)


def _team_looks_on(onward: OnwardReferral, due: date | None) -> date | None:
    """The day after the service's own date; a waiting list is reviewed every four weeks."""
    if not onward.is_open:
        return None
    if onward.status == Status.ON_HOLD and due:
        return min(due, clock.today() + WAITING_REVIEW)
    return due


def _off_the_list(onward: OnwardReferral) -> None:
    if onward.status == Status.ON_HOLD:
        onward.resume()
    if onward.status != Status.REQUESTED:
        raise Conflict("This onward referral has been answered already")
