"""Agencies are founded by an operator, as the owner of the database."""

import uuid

import psycopg

from app.core import clock
from app.core.errors import Invalid
from app.identity.models.agency import AgencyKind

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
