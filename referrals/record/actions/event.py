"""Write one step of a referral's history, and let later parts of the journey hear of it."""

from collections.abc import Callable

from app.core.db import session
from app.identity.actor import Actor
from referrals.record.models.event import EventWords, ReferralEvent
from referrals.record.models.referral import Referral
from referrals.record.policy import VIEW

Listener = Callable[[Actor, Referral, ReferralEvent], None]
_listeners: list[Listener] = []


def heard(listener: Listener) -> Listener:
    """Register what a later part of the journey does at an event, in the same transaction."""
    _listeners.append(listener)
    return listener


def add(actor: Actor, referral: Referral, kind: str, words: str = "") -> ReferralEvent:
    """Note that the actor did `kind` to the referral; call it after the change."""
    VIEW.require(actor, referral)
    event = ReferralEvent(
        referral_id=referral.id,
        person_id=referral.person_id,
        user_id=actor.user_id,
        agency_id=actor.agency_id,
        kind=kind,
        status=referral.status,
        reason_code=referral.reason_code,
    )
    if words:
        event.words = EventWords(words)
    session.add(event)
    for listener in _listeners:
        listener(actor, referral, event)
    return event
