"""Find users and where they may act."""

import uuid
from collections.abc import Sequence

from sqlalchemy import ColumnElement, func, literal, or_, select

from app.core.db import session
from app.core.errors import NotFound
from app.identity.actor import Role
from app.identity.models.agency import Agency
from app.identity.models.user import Membership, User


def known_as(issuer: str, subject: str) -> User | None:
    """The user whom a provider calls `subject`."""
    same = (User.issuer == issuer) & (User.subject == subject)
    return session.scalar(select(User).where(same))


def get(user_id: uuid.UUID) -> User:
    """The user, or NotFound."""
    found = session.get(User, user_id)
    if found is None:
        raise NotFound("There is no such user")
    return found


def agencies_of(user: User) -> Sequence[Agency]:
    """The agencies a user is a member of now and may come to from their provider."""
    mine = select(Membership.agency_id).where(
        Membership.user_id == user.id, Membership.ended_at.is_(None)
    )
    return session.scalars(
        select(Agency)
        .where(Agency.id.in_(mine), Agency.active, _welcomes(user))
        .order_by(Agency.name)
    ).all()


def agencies_open_to(user: User) -> Sequence[Agency]:
    """The agencies this user may ask to be let into."""
    member = [agency.id for agency in agencies_of(user)]
    return session.scalars(
        select(Agency)
        .where(Agency.active, _welcomes(user), Agency.id.not_in(member))
        .order_by(Agency.name)
    ).all()


def officers(agency_id: uuid.UUID) -> Sequence[uuid.UUID]:
    """The privacy officers of an agency."""
    its = (Membership.agency_id == agency_id) & Membership.ended_at.is_(None)
    officer = literal(str(Role.PRIVACY_OFFICER)) == func.any(Membership.roles)
    return session.scalars(select(Membership.user_id).where(its, officer)).all()


def _welcomes(user: User) -> ColumnElement[bool]:
    listed = literal(user.issuer) == func.any(Agency.issuers)
    return or_(func.cardinality(Agency.issuers) == 0, listed)
