"""Messages to the referrer that write themselves when the team answers."""

from app.identity.actor import Actor
from app.ui.words import date_words
from referrals.finish.actions.message import has, write
from referrals.finish.models.message import Letter, MessageKind
from referrals.record.actions import event
from referrals.record.models.event import ReferralEvent
from referrals.record.models.referral import Referral
from referrals.record.models.status import Reason
from referrals.record.notices import Notice, tell_agency
from referrals.triage import words

ACCEPTED, DECLINED, PAUSED = "accepted", "declined", "put on hold"


@event.heard
def taken_on(actor: Actor, referral: Referral, heard: ReferralEvent) -> None:
    """Taken on: said once."""
    if heard.kind != ACCEPTED or has(referral, MessageKind.TAKEN_ON):
        return
    due = referral.first_contact_due
    by = f" They will be in touch by {date_words(due)}." if due else ""
    said = f"The team has taken this referral on.{by} You will hear again when a plan is agreed."
    write(actor, referral, MessageKind.TAKEN_ON, Letter(summary=said))


@event.heard
def declined(actor: Actor, referral: Referral, heard: ReferralEvent) -> None:
    """Declined, and why."""
    if heard.kind == DECLINED:
        said = _lines("The team has declined this referral.", _reason(heard, words.DECLINE), heard)
        write(actor, referral, MessageKind.CLOSED, Letter(summary=said))


@event.heard
def paused(actor: Actor, referral: Referral, heard: ReferralEvent) -> None:
    """On hold, why, and until when."""
    if heard.kind == PAUSED:
        until = referral.on_hold_until
        held = f"This referral is on hold{f' until {date_words(until)}' if until else ''}."
        said = _lines(held, _reason(heard, words.HOLD), heard)
        write(actor, referral, MessageKind.NOTE, Letter(summary=said))
        tell_agency(referral.from_agency_id, Notice.NEWS_OF_REFERRAL)


def _reason(heard: ReferralEvent, known: dict[Reason, str]) -> str:
    code = heard.reason_code
    said = known.get(Reason(code), "") if code and code != Reason.OTHER else ""
    return f"{said}." if said else ""


def _lines(first: str, why: str, heard: ReferralEvent) -> str:
    said = heard.words.words if heard.words else ""
    return "\n".join(one for one in (f"{first} {why}".strip(), said) if one)
