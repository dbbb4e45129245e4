"""The latest step of a referral's history, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.core.db import session
from app.identity.actor import Actor
from app.identity.models.user import User
from referrals.record.models.event import ReferralEvent
from referrals.record.models.referral import Referral
from referrals.record.queries import referral as referrals


@dataclass(frozen=True)
class Latest:
    """What happened last, when, and who did it."""

    kind: str
    at: datetime
    who: str


def last(referral: Referral) -> Latest | None:
    """The latest step, or None while there is none."""
    row = session.execute(
        select(ReferralEvent.kind, ReferralEvent.created_at, User.name)
        .join(User, User.id == ReferralEvent.user_id)
        .where(ReferralEvent.referral_id == referral.id)
        .order_by(ReferralEvent.created_at.desc())
        .limit(1)
    ).one_or_none()
    return Latest(*row) if row else None


def latest(actor: Actor, address: Mapping[str, Any]) -> Latest | None:
    """The latest step of the referral that an address names, if it names one. Raises NotFound."""
    named = address.get("referral_id")
    return last(referrals.get(actor, named)) if named else None
