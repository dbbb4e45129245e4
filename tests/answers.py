"""A referrer's whole answers, for tests and for the world they play in."""

import uuid
from collections.abc import Sequence
from datetime import date

from directory import catalogue
from referrals.record.models.person import Channel, Contact, Identity, Requirements
from referrals.record.models.referral import Agreement, Urgency
from referrals.refer.models.answers import Answers, Reasons


def answers(
    _world: object,
    team_id: uuid.UUID,
    *,
    given_name: str = "Ines",
    family_name: str = "Almeida",
    date_of_birth: date = date(1948, 3, 27),
    nhs_number: str = "",
    postcode: str = "",
    phone: str = "01632 960001",
    needs: Sequence[str] = ("company.lonely",),
    reason: str = "Lost her husband in spring and sees nobody.",
    own_words: str = "",
    urgency: Urgency = Urgency.ROUTINE,
    risk_to: Sequence[str] = (),
    risk_words: str = "",
    requirements: Requirements | None = None,
    agreement: Agreement = Agreement.AGREED,
) -> Answers:
    """A referrer's whole answers; needs by their codes (`directory/data/needs.csv`)."""
    identity = Identity(given_name, family_name, date_of_birth, nhs_number=nhs_number)
    channel = Channel("telephone", phone, safe_to_leave_message=True, preferred=True)
    reasons = Reasons(
        needs=tuple(need_id(code) for code in needs),
        reason=reason,
        team_id=team_id,
        own_words=own_words,
        urgency=urgency,
        risk_to=tuple(risk_to),
        risk_words=risk_words,
        agreement=agreement,
        reply_to="surgery@example.org",
    )
    contact = Contact("1 Sea Lane", postcode, (channel,), "Y90001", "Elm Street Surgery")
    return Answers(identity, reasons, contact, requirements or Requirements())


def need_id(code: str) -> uuid.UUID:
    """The id of a need by its code; call it inside a transaction."""
    found = {term.code: term.id for group in catalogue.terms() for term in group.terms}
    return found[code]
