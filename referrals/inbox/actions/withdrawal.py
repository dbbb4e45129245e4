"""Acknowledge that an onward referral was taken back."""

import uuid

from sqlalchemy import select

from app.core import audit, clock
from app.core.db import session
from app.core.errors import NotFound
from app.identity.actor import Actor
from referrals.inbox.policy import READ_INBOX
from referrals.onward.models.withdrawal import Withdrawal


def acknowledge(actor: Actor, withdrawal_id: uuid.UUID) -> None:
    """The agency has stopped, and destroyed what it had copied. Raises NotFound."""
    READ_INBOX.require(actor)
    found = session.scalar(
        select(Withdrawal).where(
            Withdrawal.id == withdrawal_id, Withdrawal.to_agency_id == actor.agency_id
        )
    )
    if found is None:
        raise NotFound("There is no such withdrawal")
    if found.acknowledged_at is None:
        found.acknowledged_at, found.acknowledged_by = clock.now(), actor.user_id
        audit.record(actor, "withdrawal.acknowledged", found)
