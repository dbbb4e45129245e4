"""The team's community referrers and how much each has to do, in one query."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import and_, any_, func, literal, select

from app.core import clock
from app.core.db import session
from app.identity.actor import Actor, Role
from app.identity.models.user import Membership, User, UserStatus
from referrals.record.models.relationship import Relationship, Standing
from referrals.record.queries.referral import own_relationships

_link_worker = literal(Role.LINK_WORKER.value) == any_(Membership.roles)


@dataclass(frozen=True)
class Load:
    """One community referrer: open referrals, and how many of them are overdue."""

    user_id: uuid.UUID
    name: str
    open: int
    overdue: int


def of_team(actor: Actor) -> Sequence[Load]:
    """Every community referrer of the actor's team, the least busy first."""
    held = and_(
        Relationship.agency_id == Membership.agency_id,
        Relationship.role == Standing.HOLDER,
        Relationship.link_worker_id == User.id,
        Relationship.is_open,
        Relationship.ended_at.is_(None),
    )
    overdue = func.count(Relationship.id).filter(Relationship.next_due_on < clock.today())
    rows = session.execute(
        select(User.id, User.name, func.count(Relationship.id), overdue)
        .select_from(Membership)
        .join(User, User.id == Membership.user_id)
        .outerjoin(Relationship, held)
        .where(
            Membership.agency_id == actor.agency_id,
            Membership.ended_at.is_(None),
            _link_worker,
            User.status == UserStatus.ACTIVE,
        )
        .group_by(User.id, User.name)
        .order_by(func.count(Relationship.id), User.name)
    )
    return [Load(*row) for row in rows]


def left_behind(actor: Actor, team: Sequence[Load]) -> Sequence[Load]:
    """Those outside `team`, such as somebody who has left, with open referrals to share out."""
    held = own_relationships(actor).where(
        Relationship.role == Standing.HOLDER,
        Relationship.is_open,
        Relationship.link_worker_id.is_not(None),
        Relationship.link_worker_id.not_in([one.user_id for one in team]),
    )
    overdue = func.count().filter(Relationship.next_due_on < clock.today())
    rows = session.execute(
        held.join(User, User.id == Relationship.link_worker_id)
        .with_only_columns(User.id, User.name, func.count(), overdue)
        .group_by(User.id, User.name)
        .order_by(User.name)
    )
    return [Load(*row) for row in rows]


def name_in_team(actor: Actor, user_id: uuid.UUID) -> str | None:
    """The name of a community referrer of the actor's team, or None when they are not one."""
    return session.scalar(
        select(User.name)
        .join(Membership, Membership.user_id == User.id)
        .where(
            User.id == user_id,
            User.status == UserStatus.ACTIVE,
            Membership.agency_id == actor.agency_id,
            Membership.ended_at.is_(None),
            _link_worker,
        )
    )
