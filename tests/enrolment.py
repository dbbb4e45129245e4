"""Members of agencies for tests, put there by the owner of the database; an operator cannot."""

import uuid

from app.core import clock
from app.identity.actions.founding import Owner
from app.identity.actor import Role
from app.identity.models.user import UserStatus


def enrol(
    owner: Owner,
    agency_id: uuid.UUID,
    issuer: str,
    subject: str,
    *,
    name: str,
    roles: tuple[Role, ...] = (Role.ADMINISTRATOR,),
) -> uuid.UUID:
    """Make whoever signs in as (issuer, subject) a member with these roles; returns the user."""
    found = owner.execute(
        "insert into app_user (id, created_at, name, issuer, subject, status)"
        " values (%s, %s, %s, %s, %s, %s)"
        " on conflict (issuer, subject) do update set status = excluded.status returning id",
        [uuid.uuid4(), clock.now(), name, issuer, subject, UserStatus.ACTIVE],
    ).fetchone()
    assert found is not None
    owner.execute(
        "insert into membership (id, created_at, user_id, agency_id, roles)"
        " values (%s, %s, %s, %s, %s) on conflict (user_id, agency_id) where ended_at is null"
        " do update set roles = (select array_agg(distinct role order by role)"
        " from unnest(membership.roles || excluded.roles) role)",
        [uuid.uuid4(), clock.now(), found[0], agency_id, [str(role) for role in roles]],
    )
    return found[0]
