"""A referrer's answers, whole and checked, as they are sent."""

import uuid
from dataclasses import dataclass, field

from referrals.record.models.person import Contact, Identity, Requirements
from referrals.record.models.referral import Agreement, Urgency


@dataclass(frozen=True)
class Reasons:
    """Why they are referred, what is known to be a risk, and who is asked to help.

    `risk_to` is empty when the referrer said "no known risks"; `team_id` is None while no
    agreement is in force with any team.
    """

    needs: tuple[uuid.UUID, ...]
    reason: str
    team_id: uuid.UUID | None
    own_words: str = ""
    urgency: Urgency = Urgency.ROUTINE
    risk_to: tuple[str, ...] = ()
    risk_words: str = ""
    agreement: Agreement = Agreement.AGREED
    agreement_words: str = ""
    reply_to: str = ""


@dataclass(frozen=True)
class Answers:
    """Everything on the check-your-answers page."""

    identity: Identity
    reasons: Reasons
    contact: Contact = field(default_factory=Contact)
    requirements: Requirements = field(default_factory=Requirements)
