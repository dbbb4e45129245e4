"""Exactly what would cross the boundary to a service: what is shown, and then what is sealed."""

import hashlib
from dataclasses import dataclass

from app.core.errors import NotFound
from app.core.sealing import codec
from app.ui.words import date_words
from directory import catalogue
from directory.catalogue import Field, Profile, ServiceCard, Standing
from referrals.onward.models.disclosure import Snapshot
from referrals.onward.models.draft import OnwardDraft
from referrals.onward.queries.lines import LABELS, Subject, line
from referrals.record.models.need import Need, NeedStatus
from referrals.record.models.referral import Referral
from referrals.record.queries import referral as referrals

ALWAYS = (Field.NAME, Field.PHONE)


@dataclass(frozen=True)
class Preview:
    """`fields` are what the profile lets through this time; `kept` is all that stays here."""

    card: ServiceCard
    profile: Profile
    need: Need
    fields: tuple[Field, ...]
    snapshot: Snapshot
    standing: Standing

    @property
    def lines(self) -> tuple[tuple[str, str], ...]:
        """(label, words) in the order they are shown."""
        return self.snapshot.lines

    @property
    def kept(self) -> tuple[str, ...]:
        """What the receiving agency does not see."""
        return tuple(LABELS[one] for one in Field if one not in self.fields)

    @property
    def digest(self) -> str:
        """Travels with the page, so that what is sent is what was shown."""
        sent = str(self.card.id).encode() + b"\0" + str(self.need.id).encode() + b"\0"
        return hashlib.sha256(sent + codec.to_json(self.snapshot)).hexdigest()


def may_leave_out(profile: Profile) -> list[Field]:
    """What the link worker may hold back; a name and a telephone number always go."""
    return [one for one in profile.fields if one not in ALWAYS]


def open_needs(referral: Referral) -> list[Need]:
    """The needs that something can still be done about."""
    return [one for one in referrals.needs(referral) if one.status == NeedStatus.OPEN]


def build(referral: Referral, draft: OnwardDraft) -> Preview:
    """What would be sent now. Raises NotFound when there is no such open need or service."""
    need = next((one for one in open_needs(referral) if one.id == draft.need_id), None)
    if need is None:
        raise NotFound("There is no such need")
    card = catalogue.get(draft.service_id)
    profile = catalogue.disclosure_profile(draft.service_id)
    fields = tuple(one for one in profile.fields if one in ALWAYS or one not in draft.left_out)
    need_name = catalogue.term_names([need.term_id]).get(need.term_id, "")
    subject = Subject(referral, need, need_name, referrals.risks(referral))
    said = [(LABELS[one], line(one, subject)) for one in fields]
    lines = tuple((label, words) for label, words in [*said, *_own(draft)] if words)
    standing = catalogue.standings([card.id])[card.id]
    return Preview(card, profile, need, fields, Snapshot(lines), standing)


def _own(draft: OnwardDraft) -> list[tuple[str, str]]:
    """What the link worker adds: a plan for the first visit, and words of their own."""
    visit = ""
    if draft.accompanied_by:
        day = f", on {date_words(draft.accompanied_on)}" if draft.accompanied_on else ""
        visit = f"Comes with {draft.accompanied_by}{day}"
    return [("First visit", visit), ("From the community referrer", draft.words)]
