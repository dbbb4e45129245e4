"""Messages to the referrer, newest first."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import select

from app.core import clock
from app.core.db import session
from referrals.finish.models.message import Message
from referrals.record.models.referral import Referral


def of_referral(referral: Referral) -> Sequence[Message]:
    """Every message about a referral."""
    return session.scalars(
        select(Message)
        .where(Message.referral_id == referral.id)
        .order_by(Message.created_at.desc(), Message.id)
    ).all()


def unread(referral_ids: Iterable[UUID]) -> set[UUID]:
    """Those of the referrals that have a message nobody has opened."""
    wanted = Message.referral_id.in_(list(referral_ids)) & Message.read_at.is_(None)
    return set(session.scalars(select(Message.referral_id).where(wanted)))


def open_all(messages: Iterable[Message]) -> None:
    """Somebody of the referring agency has them on the screen now."""
    for one in messages:
        one.read_at = one.read_at or clock.now()
