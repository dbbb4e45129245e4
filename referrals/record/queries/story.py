"""The latest step of a referral's history, in words."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.core.db import session
from app.identity.models.user import User
from referrals.record.models.event import ReferralEvent
from referrals.record.models.referral import Referral


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
