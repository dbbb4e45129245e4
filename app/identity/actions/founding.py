"""Beginnings, done by an operator as the owner of the database: agencies and first administrators.

Everybody after the first administrator is let in by an administrator, through the pages.
"""

import uuid

import psycopg

from app.core import clock
from app.core.errors import Invalid
from app.identity.actor import Role
from app.identity.models.agency import AgencyKind
from app.identity.models.user import UserStatus

Owner = psycopg.Connection[tuple[uuid.UUID]]


def found_agency(
    owner: Owner, name: str, kind: AgencyKind, ods_code: str | None = None, notice_email: str = ""
) -> uuid.UUID:
    """Make an agency, or find the one that already has this name; returns its id."""
    owner.execute(
        "insert into agency (id, created_at, name, kind, ods_code, notice_email)"
        " values (%s, %s, %s, %s, %s, %s) on conflict (name) do nothing",
        [uuid.uuid4(), clock.now(), name, kind, ods_code, notice_email or None],
    )
    return agency_named(owner, name)


def agency_named(owner: Owner, name: str) -> uuid.UUID:
    """The id of the agency with this name. Raises Invalid when there is none."""
    found = owner.execute("select id from agency where name = %s", [name]).fetchone()
    if found is None:
        raise Invalid(f"There is no agency called {name}")
    return found[0]


def appoint(
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
