"""Noting that a service was seen to be alive, or closed, by somebody who keeps its listing."""

import uuid

from sqlalchemy import func, select

from app.core import audit, clock
from app.core.db import session
from app.identity.actor import Actor
from directory.models.freshness import LifeSign
from directory.models.service import Service

SEEN = ("assured_at", "assurer", "evidence", "doubt", "doubted_at", "prompts", "prompted_at")


def note(actor: Actor, service_id: uuid.UUID, sign: LifeSign) -> bool:
    """Note what was seen; False when the actor does not keep that listing.

    The database judges who keeps it (migration 0017), and forms open meanwhile stay fresh.
    """
    session.flush()
    words = func.trellis.note_life_sign(service_id, str(sign), actor.name, clock.now())
    noted = bool(session.scalar(select(words)))
    if noted:
        service = session.get_one(Service, service_id)
        session.refresh(service, SEEN)
        audit.record(actor, f"listing.{sign}", service)
    return noted
