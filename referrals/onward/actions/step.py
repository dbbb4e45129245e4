"""Write one step of an onward referral's history, whoever took it."""

from app.core.db import session
from app.identity.actor import Actor
from referrals.onward.models.onward_referral import EventWords, OnwardEvent, OnwardReferral


def add(actor: Actor, onward: OnwardReferral, kind: str, words: str = "") -> OnwardEvent:
    """Note that the actor did `kind`; call it after the change, and after its permission."""
    step = OnwardEvent(
        referral_id=onward.referral_id,
        person_id=onward.person_id,
        onward_referral_id=onward.id,
        user_id=actor.user_id,
        agency_id=actor.agency_id,
        kind=kind,
        status=onward.status,
        reason_code=onward.reason_code,
    )
    if words:
        step.words = EventWords(words)
    session.add(step)
    return step
