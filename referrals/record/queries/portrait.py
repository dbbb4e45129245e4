"""All that a page about one referral shows of the person, and of why they were sent.

Each part is read for itself, so that one that does not open leaves the others standing.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from app.core.sealing import entries
from directory import catalogue
from referrals.record.models.event import ReferralEvent
from referrals.record.models.need import Need, NeedStatus
from referrals.record.models.person import Channel, Requirements
from referrals.record.models.referral import Referral
from referrals.record.models.risk import Risk
from referrals.record.queries import names
from referrals.record.queries import referral as referrals

Part = Any  # app.core.sealing.Entry: .value, or .words when it does not open


@dataclass(frozen=True)
class Portrait:
    """Parts are entries: `.value`, or `.damaged` with `.words`."""

    identity: Part
    contact: Part
    requirements: Part
    narrative: Part
    needs: list[Part]
    risks: list[Part]
    need_names: dict[Any, str]
    from_agency: str
    history: list[Part]
    user_names: dict[Any, str]

    @property
    def called(self) -> str:
        """What the page is headed with; never empty."""
        identity = self.identity.value
        return (identity.full_name if identity else "") or "Somebody without a name"

    @property
    def preferred_channel(self) -> Channel | None:
        """How they would rather be reached: their choice, or the first there is."""
        channels = self.contact.value.channels if self.contact.value else ()
        return next((one for one in channels if one.preferred), next(iter(channels), None))

    @property
    def has_requirements(self) -> bool:
        """Whether anything is to be arranged before somebody meets them."""
        return self.requirements.value not in (None, Requirements())

    @property
    def open_needs(self) -> list[Part]:
        """Needs that have not ended."""
        return [one for one in self.needs if one.row.status == NeedStatus.OPEN]

    @property
    def live_risks(self) -> list[Part]:
        """Risks that have not ended."""
        return [one for one in self.risks if one.row.ended_on is None]

    def need_name(self, need: Need) -> str:
        """The need as the directory calls it."""
        return self.need_names.get(need.term_id, "A need")


def of(referral: Referral) -> Portrait:
    """Read everything about the referral that was known when it was sent, and its history."""
    person = referral.person
    needs: Sequence[Need] = referrals.needs(referral)
    risks: Sequence[Risk] = referrals.risks(referral)
    history: Sequence[ReferralEvent] = referrals.history(referral)
    return Portrait(
        identity=_part(person, lambda row: row.identity),
        contact=_part(person, lambda row: row.contact),
        requirements=_part(person, lambda row: row.requirements),
        narrative=_part(referral, lambda row: row.narrative),
        needs=entries(needs, lambda row: row.words),
        risks=entries(risks, lambda row: row.safeguarding),
        need_names=catalogue.term_names({one.term_id for one in needs}),
        from_agency=names.of_agencies([referral.from_agency_id])[referral.from_agency_id],
        history=entries(history, lambda row: row.words),
        user_names=names.of_users([referral.link_worker_id, *(one.user_id for one in history)]),
    )


def identity(referral: Referral) -> Part:
    """Only who it is, for a page that asks one thing about the referral."""
    return _part(referral.person, lambda row: row.identity)


def _part(row: Any, read: Callable[[Any], Any]) -> Part:
    return entries([row], read)[0]
