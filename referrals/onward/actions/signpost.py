"""Tell the person of a service. Nothing is sent, so no agreement is asked and nobody is told."""

import uuid

from app.core import audit
from app.core.db import session
from app.identity.actor import Actor
from directory import catalogue
from referrals.onward.models.signpost import Signpost
from referrals.onward.policy import SIGNPOST
from referrals.record.actions import event, next_step
from referrals.record.models.referral import Referral


def add(
    actor: Actor, referral: Referral, service_id: uuid.UUID, need_id: uuid.UUID | None = None
) -> Signpost:
    """Record it. Raises NotFound when there is no such service."""
    SIGNPOST.require(actor, referral)
    catalogue.get(service_id)
    told = Signpost(
        referral_id=referral.id,
        person_id=referral.person_id,
        need_id=need_id,
        service_id=service_id,
        user_id=actor.user_id,
    )
    session.add(told)
    event.add(actor, referral, "signposted")
    next_step.refresh(referral)
    audit.record(actor, "signpost.given", told)
    return told
