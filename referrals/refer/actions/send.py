"""Send a draft to a link-worker team: the moment a referral begins to count."""

from datetime import timedelta

from sqlalchemy import func, select

from app.core import audit, blind_index, clock
from app.core.db import session
from app.core.errors import Invalid
from app.identity.actor import Actor
from config.settings import Settings
from referrals.record import notices
from referrals.record.actions import event, next_step
from referrals.record.models.need import Need, NeedWords
from referrals.record.models.person import Person
from referrals.record.models.referral import Narrative, Referral
from referrals.record.models.risk import Risk, RiskWords
from referrals.record.models.status import Status
from referrals.refer.models.answers import Answers, Reasons
from referrals.refer.policy import EDIT_DRAFT
from referrals.refer.queries import desk as desks

NO_AGREEMENT = (
    "Nothing was sent: your agency has no sharing agreement in force with that team. "
    "The draft is kept. Ask your administrator about sharing agreements."
)


def send(actor: Actor, draft: Referral, answers: Answers, settings: Settings) -> None:
    """Send the draft with these answers.

    Raises:
        Denied: not the sender's to send, or no longer a draft.
        Invalid: no agreement with the team is in force today; nothing was changed.
    """
    EDIT_DRAFT.require(actor, draft)
    team = desks.of(actor).team(answers.reasons.team_id)
    if team is None:
        raise Invalid(NO_AGREEMENT)
    _write_person(draft.person, answers)
    _write_referral(draft, answers.reasons, settings)
    session.flush()
    session.execute(select(func.trellis.send_referral(draft.id)))
    draft.move(Status.REQUESTED)
    _add_needs(draft, answers.reasons)
    _add_risks(draft, answers.reasons, settings)
    event.add(actor, draft, "sent")
    next_step.refresh(draft)
    audit.record(actor, "referral.sent", draft)
    audit.record(actor, "person.written", draft.person)
    notices.tell_agency(team.id, notices.Notice.REFERRAL_WAITING)


def _write_person(person: Person, answers: Answers) -> None:
    identity = answers.identity
    person.identity = identity
    person.contact = answers.contact
    person.requirements = answers.requirements
    blind_index.write(
        person.id,
        nhs_number=identity.nhs_number,
        family_name=identity.family_name,
        date_of_birth=identity.date_of_birth,
    )


def _write_referral(draft: Referral, reasons: Reasons, settings: Settings) -> None:
    draft.to_agency_id = reasons.team_id
    draft.urgency = reasons.urgency
    draft.agreement = reasons.agreement
    draft.risks_known = bool(reasons.risk_to)
    draft.requested_at = clock.now()
    draft.first_contact_due = clock.today() + timedelta(days=settings.first_contact_days)
    draft.narrative = Narrative(
        reason=reasons.reason,
        own_words=reasons.own_words,
        reply_to=reasons.reply_to,
        agreement_words=reasons.agreement_words,
    )
    draft.draft = None


def _add_needs(referral: Referral, reasons: Reasons) -> None:
    for term_id in reasons.needs:
        need = Need(referral_id=referral.id, person_id=referral.person_id, term_id=term_id)
        need.words = NeedWords()
        session.add(need)


def _add_risks(referral: Referral, reasons: Reasons, settings: Settings) -> None:
    today = clock.today()
    for risk_to in reasons.risk_to:
        risk = Risk(
            referral_id=referral.id,
            person_id=referral.person_id,
            risk_to=risk_to,
            starts_on=today,
            review_on=today + timedelta(days=settings.risk_review_days),
        )
        risk.safeguarding = RiskWords(reasons.risk_words)
        session.add(risk)
