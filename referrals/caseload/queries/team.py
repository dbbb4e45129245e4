"""The community referrers of a team, for a lead who looks at a colleague's caseload."""

import uuid

from sqlalchemy import any_, literal, select

from app.core.db import session
from app.identity.actor import Actor, Role
from app.identity.models.user import Membership, User


def link_workers(actor: Actor) -> list[tuple[uuid.UUID, str]]:
    """(id, name) of each, by name."""
    rows = session.execute(
        select(User.id, User.name)
        .join(Membership, Membership.user_id == User.id)
        .where(
            Membership.agency_id == actor.agency_id,
            Membership.ended_at.is_(None),
            literal(Role.LINK_WORKER.value) == any_(Membership.roles),
        )
        .order_by(User.name)
    )
    return [(row.id, row.name) for row in rows]
