"""Keep risks true: add, review, end; or say that none is known."""

from datetime import date

from app.core import audit, clock
from app.core.db import session
from app.core.errors import Conflict, Invalid
from app.identity.actor import Actor
from referrals.caseload import policy
from referrals.record.actions import event, next_step
from referrals.record.models.referral import Referral
from referrals.record.models.risk import Risk, RiskTo, RiskWords
from referrals.record.queries import referral as referrals


def add(actor: Actor, referral: Referral, risk_to: RiskTo, words: str, review_on: date) -> Risk:
    """Write down a risk, to be looked at again on a day. Raises Denied or Invalid."""
    policy.KEEP_RISKS.require(actor, referral)
    _require_future(review_on)
    made = Risk(
        referral_id=referral.id,
        person_id=referral.person_id,
        risk_to=risk_to,
        starts_on=clock.today(),
        review_on=review_on,
        safeguarding=RiskWords(words),
    )
    session.add(made)
    referral.risks_known = True
    event.add(actor, referral, "risk added")
    next_step.refresh(referral)
    audit.record(actor, "risk.added", made)
    return made


def review(actor: Actor, referral: Referral, risk: Risk, words: str, review_on: date) -> None:
    """The risk still stands: say how, and when to look again. Raises Denied or Invalid."""
    policy.KEEP_RISKS.require(actor, referral)
    _require_live(risk)
    _require_future(review_on)
    risk.safeguarding, risk.review_on = RiskWords(words), review_on
    event.add(actor, referral, "risk reviewed")
    next_step.refresh(referral)
    audit.record(actor, "risk.reviewed", risk)


def end(actor: Actor, referral: Referral, risk: Risk) -> None:
    """The risk is no more. It stays in the record. Raises Denied or Conflict."""
    policy.KEEP_RISKS.require(actor, referral)
    _require_live(risk)
    risk.ended_on = clock.today()
    event.add(actor, referral, "risk ended")
    next_step.refresh(referral)
    audit.record(actor, "risk.ended", risk)


def none_known(actor: Actor, referral: Referral) -> None:
    """Somebody asked, and there is no known risk. Raises Denied, or Conflict while there is one."""
    policy.KEEP_RISKS.require(actor, referral)
    if any(one.ended_on is None for one in referrals.risks(referral)):
        raise Conflict("There is a risk on this referral. End it first.")
    referral.risks_known = False
    event.add(actor, referral, "no known risks")
    audit.record(actor, "referral.no_known_risks", referral)


def _require_live(risk: Risk) -> None:
    if risk.ended_on is not None:
        raise Conflict("This risk has ended already.")


def _require_future(day: date) -> None:
    if day <= clock.today():
        raise Invalid("The review must be in the future.")
