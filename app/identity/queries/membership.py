"""The people of an agency: members, who is waiting, and their sessions. Own agency only."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, literal, or_, select

from app.core import clock
from app.core.db import session
from app.core.errors import NotFound
from app.identity.actor import Actor, Role
from app.identity.models.agency import Agency
from app.identity.models.user import Membership, User, UserStatus
from app.identity.models.web_session import WebSession


@dataclass(frozen=True)
class Member:
    """A membership with its user."""

    membership: Membership
    user: User


def of_agency(actor: Actor) -> list[Member]:
    """Everybody who is a member of the actor's agency, by name."""
    rows = session.execute(
        select(Membership, User)
        .join(User, User.id == Membership.user_id)
        .where(Membership.agency_id == actor.agency_id, Membership.ended_at.is_(None))
        .order_by(User.name, User.id)
    )
    return [Member(membership, user) for membership, user in rows]


def get(actor: Actor, membership_id: uuid.UUID) -> Member:
    """A present membership of the actor's agency, or NotFound."""
    row = session.execute(
        select(Membership, User)
        .join(User, User.id == Membership.user_id)
        .where(
            Membership.id == membership_id,
            Membership.agency_id == actor.agency_id,
            Membership.ended_at.is_(None),
        )
    ).one_or_none()
    if row is None:
        raise NotFound("There is no such member")
    return Member(row[0], row[1])


def waiting(actor: Actor) -> Sequence[User]:
    """Who has signed in and asks to be let into the actor's agency, longest waiting first."""
    welcome = or_(func.cardinality(Agency.issuers) == 0, User.issuer == func.any(Agency.issuers))
    return session.scalars(
        select(User)
        .join(Agency, Agency.id == User.wanted_agency_id)
        .where(Agency.id == actor.agency_id, User.status != UserStatus.SUSPENDED, welcome)
        .order_by(User.created_at)
    ).all()


def get_waiting(actor: Actor, user_id: uuid.UUID) -> User:
    """One of those who are waiting, or NotFound."""
    found = [user for user in waiting(actor) if user.id == user_id]
    if not found:
        raise NotFound("There is nobody of this description waiting")
    return found[0]


def other_administrators(actor: Actor, membership: Membership) -> int:
    """How many members besides this one administer the agency."""
    same = (Membership.agency_id == actor.agency_id) & Membership.ended_at.is_(None)
    administers = literal(str(Role.ADMINISTRATOR)) == func.any(Membership.roles)
    others = select(func.count()).where(same, administers, Membership.id != membership.id)
    return session.scalar(others) or 0


@dataclass(frozen=True)
class LiveSession:
    """One browser in which a user is signed in."""

    id: uuid.UUID
    user_id: uuid.UUID
    began: datetime
    last_seen_at: datetime
    agency_name: str


def live_sessions(
    user_id: uuid.UUID, seen_after: datetime, agency_id: uuid.UUID | None = None
) -> list[LiveSession]:
    """A user's sessions that would still be accepted; of one agency only, when it is given."""
    live = (
        (WebSession.user_id == user_id)
        & WebSession.ended_at.is_(None)
        & (WebSession.expires_at > clock.now())
        & (WebSession.last_seen_at > seen_after)
    )
    if agency_id:
        live &= or_(WebSession.agency_id == agency_id, WebSession.agency_id.is_(None))
    rows = session.execute(
        select(WebSession, Agency.name)
        .outerjoin(Agency, Agency.id == WebSession.agency_id)
        .where(live)
        .order_by(WebSession.last_seen_at.desc())
    )
    return [
        LiveSession(row.id, user_id, row.created_at, row.last_seen_at, name or "")
        for row, name in rows
    ]


def roles_of(membership: Membership) -> list[Role]:
    """The roles of a membership, those that this release knows."""
    known = {str(role): role for role in Role}
    return [known[word] for word in membership.roles if word in known]
