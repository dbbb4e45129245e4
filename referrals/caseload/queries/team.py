"""Whose caseloads a lead may look at."""

import uuid

from sqlalchemy import any_, literal, or_, select

from app.core.db import session
from app.identity.actor import Actor, Role
from app.identity.models.user import Membership, User
from referrals.record.models.relationship import Relationship, Standing
from referrals.record.queries.referral import own_relationships


def link_workers(actor: Actor) -> list[tuple[uuid.UUID, str]]:
    """(id, name) of each community referrer, and of who has left open referrals behind."""
    members = select(Membership.user_id).where(
        Membership.agency_id == actor.agency_id,
        Membership.ended_at.is_(None),
        literal(Role.LINK_WORKER.value) == any_(Membership.roles),
    )
    holders = own_relationships(actor).where(
        Relationship.role == Standing.HOLDER, Relationship.is_open
    )
    held = holders.with_only_columns(Relationship.link_worker_id)
    rows = session.execute(
        select(User.id, User.name)
        .where(or_(User.id.in_(members), User.id.in_(held)))
        .order_by(User.name)
    )
    return [(row.id, row.name) for row in rows]
