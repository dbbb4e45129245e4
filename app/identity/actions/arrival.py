"""Somebody comes from a provider. Who is new waits; nobody is ever matched by e-mail."""

import uuid
from dataclasses import dataclass

from sqlalchemy.dialects.postgresql import insert

from app.core import audit, clock
from app.core.db import session
from app.core.errors import Invalid
from app.identity import notices
from app.identity.models.agency import Agency
from app.identity.models.user import User, UserStatus
from app.identity.queries import user as users


@dataclass(frozen=True)
class Visitor:
    """Somebody who has signed in and does not act for an agency (yet)."""

    user_id: uuid.UUID
    agency_id: uuid.UUID | None = None
    reach: frozenset[str] = frozenset()


def arrive(issuer: str, subject: str, name: str, email: str) -> User:
    """The user of this provider's subject, made if they have never been here."""
    now = clock.now()
    made = insert(User).values(
        id=uuid.uuid4(),
        created_at=now,
        name=name,
        email=email,
        issuer=issuer,
        subject=subject,
        status=UserStatus.WAITING,
    )
    session.execute(made.on_conflict_do_nothing(index_elements=[User.issuer, User.subject]))
    user = users.known_as(issuer, subject)
    assert user is not None
    user.name, user.email, user.last_seen_at = name, email, now
    return user


def note(visitor: Visitor, what: str, user: User, how: str = "") -> None:
    """Audit a sign-in (and how it was proved), a sign-out or a change of agency, as the user."""
    audit.record(visitor, f"session.{what}", user, reason=how)


def ask_to_join(visitor: Visitor, user: User, agency: Agency) -> None:
    """Ask an agency's administrator to be let in.

    Raises:
        Invalid: the agency takes nobody from the provider the user comes from.
    """
    if agency not in users.agencies_open_to(user):
        raise Invalid("Choose an agency from the list")
    user.wanted_agency_id = agency.id
    audit.record(visitor, "membership.asked_for", agency)
    notices.somebody_waits(agency)
