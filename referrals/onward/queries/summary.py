"""What was sent on, and what the person was told of, for a list or a panel. Three statements."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from app.core import clock
from app.ui.words import due_words, plural, short_date
from directory import catalogue
from directory.catalogue import ServiceCard
from referrals.onward.models.onward_referral import Attendance, OnwardReferral
from referrals.onward.models.signpost import Signpost
from referrals.onward.queries import onward as onwards
from referrals.record.models.referral import Referral
from referrals.record.models.status import Status


def state_of(onward: OnwardReferral) -> str:
    """The state as people read it: attendance says more than the status while it is open."""
    if onward.status in (Status.ACCEPTED, Status.IN_PROGRESS) and onward.attendance:
        return onward.attendance
    return "waiting list" if onward.status == Status.ON_HOLD else onward.status


def clock_of(onward: OnwardReferral) -> str:
    """How its clock stands; silence is counted in working days and never ends by itself."""
    if onward.status == Status.REQUESTED:
        since = clock.local(onward.requested_at).date()
        silent = clock.working_days_between(since, clock.today())
        if onward.answer_due < clock.today():
            return f"{plural(silent, 'working day')} without an answer"
        return f"Answer {due_words(onward.answer_due)}"
    if onward.status == Status.ON_HOLD and onward.on_hold_until:
        return f"Looked at again by {short_date(onward.on_hold_until)}"
    if onward.attendance == Attendance.BOOKED and onward.appointment_on:
        return f"For {short_date(onward.appointment_on)}"
    return ""


@dataclass(frozen=True)
class Summary:
    """Rows with the cards of their services."""

    onwards: Sequence[OnwardReferral]
    signposts: Sequence[Signpost]
    cards: dict[UUID, ServiceCard]

    def service(self, row: OnwardReferral | Signpost) -> str:
        """The name of a row's service, with its organisation."""
        card = self.cards.get(row.service_id)
        return f"{card.name}, {card.organisation}" if card else "A service no longer listed"

    def state(self, onward: OnwardReferral) -> str:
        """The state as people read it."""
        return state_of(onward)

    def clock(self, onward: OnwardReferral) -> str:
        """How its clock stands."""
        return clock_of(onward)


def of(referral: Referral) -> Summary:
    """Everything of one referral."""
    sent, told = onwards.of_referral(referral), onwards.signposts(referral)
    ids = {row.service_id for row in sent} | {row.service_id for row in told}
    return Summary(sent, told, catalogue.many(ids) if ids else {})
