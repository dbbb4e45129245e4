"""What an actor has open in an emergency, and how often they may still try today."""

import uuid
from collections.abc import Sequence
from datetime import UTC, datetime, time

from sqlalchemy import bindparam, func, select

from app.core import clock
from app.core.db import session
from app.core.errors import NotFound
from app.identity.actor import Actor
from referrals.emergency.models.glass import GlassBreak
from referrals.emergency.models.review import GlassReview
from referrals.record.models.relationship import Standing

# Built once: every page asks it.
OPEN_NOW = (
    select(GlassBreak)
    .where(
        GlassBreak.user_id == bindparam("user_id"),
        GlassBreak.agency_id == bindparam("agency_id"),
        GlassBreak.ended_at.is_(None),
        GlassBreak.until > func.now(),
    )
    .order_by(GlassBreak.created_at.desc())
)


def open_now(actor: Actor) -> Sequence[GlassBreak]:
    """What this actor has open, the latest first. Asks nothing of whoever may not open any."""
    if Standing.BREAK_GLASS not in actor.reach:
        return []
    return session.scalars(OPEN_NOW, {"user_id": actor.user_id, "agency_id": actor.agency_id}).all()


def get(actor: Actor, break_id: uuid.UUID) -> GlassBreak:
    """An emergency of the actor's own, or NotFound."""
    found = session.get(GlassBreak, break_id)
    if found is None or found.user_id != actor.user_id:
        raise NotFound("There is no such emergency")
    return found


def tried_today(actor: Actor) -> int:
    """How often the actor has tried since midnight in the United Kingdom, for any agency."""
    midnight = datetime.combine(clock.today(), time(), clock.LONDON).astimezone(UTC)
    tried = select(func.count()).where(
        GlassBreak.user_id == actor.user_id, GlassBreak.created_at >= midnight
    )
    return session.scalar(tried) or 0


def review_of(glass: GlassBreak) -> GlassReview | None:
    """What the privacy officer said of it, if they have and the asker may know."""
    return session.scalar(select(GlassReview).where(GlassReview.glass_break_id == glass.id))
