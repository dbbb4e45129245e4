"""Makes what a test needs, the way an operator would: agencies and members as the owner."""

import json
import uuid
from typing import Any

from app.core import clock
from app.identity.actor import Actor, Role
from tests.conftest import Database

ISSUER = "http://provider.test"


def agency(database: Database, name: str = "", kind: str = "link worker team", **more: Any) -> Any:
    """Store an agency; its id."""
    agency_id = uuid.uuid4()
    values = {"id": agency_id, "name": name or f"Agency {agency_id}", "kind": kind, **more}
    _insert(database, "agency", values)
    return agency_id


def user(database: Database, name: str = "Priya Shah", subject: str = "", **more: Any) -> Any:
    """Store an active user; their id."""
    user_id = uuid.uuid4()
    values = {"id": user_id, "name": name, "issuer": ISSUER, "status": "active"}
    _insert(database, "app_user", {**values, "subject": subject or str(user_id), **more})
    return user_id


def member(database: Database, user_id: Any, agency_id: Any, *roles: Role) -> Any:
    """Give a user roles in an agency; the membership's id."""
    membership_id = uuid.uuid4()
    values = {"id": membership_id, "user_id": user_id, "agency_id": agency_id}
    _insert(database, "membership", {**values, "roles": [str(role) for role in roles]})
    return membership_id


def actor(
    database: Database, *roles: Role, agency_id: Any = None, name: str = "Priya Shah"
) -> Actor:
    """Store a member with these roles, in a new agency unless one is given, just signed in."""
    agency_id = agency_id or agency(database)
    user_id = user(database, name)
    member(database, user_id, agency_id, *roles)
    return Actor(user_id, agency_id, frozenset(roles), name, proved_at=clock.now())


def agreement(database: Database, from_agency_id: Any, to_agency_id: Any, **more: Any) -> Any:
    """Put a sharing agreement in force; its id."""
    agreement_id = uuid.uuid4()
    values = {
        "id": agreement_id,
        "from_agency_id": from_agency_id,
        "to_agency_id": to_agency_id,
        "purpose": "social prescribing",
        "starts_on": "2026-01-01",
    }
    _insert(database, "sharing_agreement", {**values, **more})
    return agreement_id


def _insert(database: Database, table: str, values: dict[str, Any]) -> None:
    names = ", ".join(values)
    slots = ", ".join(["%s"] * len(values))
    database.owner().execute(
        f"insert into {table} (created_at, {names}) values (now(), {slots})",
        [json.dumps(one) if isinstance(one, dict) else one for one in values.values()],
    )
