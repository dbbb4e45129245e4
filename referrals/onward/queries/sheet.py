"""What goes on a sheet of paper for the person: where they were referred, what they were told."""

from dataclasses import dataclass
from typing import Any

from app.ui.words import date_words
from directory import catalogue
from referrals.onward.models.onward_referral import OnwardReferral
from referrals.onward.queries import onward as onwards
from referrals.record.models.referral import Referral
from referrals.record.models.status import Status

WHAT_NEXT = {
    Status.REQUESTED: "We have referred you. They will answer, and then somebody is in touch.",
    Status.ON_HOLD: "We have referred you. You are on their waiting list.",
    Status.ACCEPTED: "We have referred you, and they said yes. They will be in touch.",
    Status.IN_PROGRESS: "You go here already.",
}
YOURSELF = "You can get in touch yourself."


@dataclass(frozen=True)
class Entry:
    """One service, whole, and what happens next there."""

    service: Any
    what_next: str


def of(referral: Referral) -> list[Entry]:
    """Services referred to and still open first, then those the person was told of."""
    sent = [one for one in onwards.of_referral(referral) if one.is_open]
    next_by_service = {one.service_id: _what_next(one) for one in sent}
    for told in onwards.signposts(referral):
        next_by_service.setdefault(told.service_id, YOURSELF)
    if not next_by_service:
        return []
    found = [Entry(one, next_by_service[one.id]) for one in catalogue.leaflets(next_by_service)]
    return sorted(found, key=lambda one: one.what_next == YOURSELF)


def _what_next(onward: OnwardReferral) -> str:
    words = WHAT_NEXT[Status(onward.status)]
    if onward.appointment_on and onward.status == Status.ACCEPTED:
        words = f"You are booked for {date_words(onward.appointment_on)}."
    if onward.accompanied_by:
        day = f" on {date_words(onward.accompanied_on)}" if onward.accompanied_on else ""
        words += f" For the first visit{day} you go with {_company(onward.accompanied_by)}."
    return words


def _company(kind: str) -> str:
    return kind.replace("their community", "your community").replace("to them", "to you")
