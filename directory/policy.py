"""Who may change what in the directory. Everybody may read it; the subject is an organisation.

`kept_by` picks rows in SQL and KEEP judges one in hand; a test holds them to the same answer.
The database refuses the same writes by itself (migration 0004).
"""

from sqlalchemy import ColumnElement, false, true

from app.access import Permission, rule
from app.identity.actor import Actor, Role
from app.identity.models.agency import AgencyKind
from directory.models.organisation import Organisation


@rule("a coordinator of the agency that the organisation is")
def coordinator(actor: Actor, organisation: Organisation) -> bool:
    """Whether the actor answers for this organisation."""
    return actor.is_a(Role.COORDINATOR) and actor.agency_id == organisation.agency_id


@rule("a curator at a council")
def curator(actor: Actor, _organisation: Organisation | None) -> bool:
    """Whether the actor keeps the whole directory."""
    return actor.is_a(Role.CURATOR) and actor.agency_kind == AgencyKind.COUNCIL


@rule("a coordinator")
def any_coordinator(actor: Actor, _organisation: Organisation | None) -> bool:
    """Whether the actor is a coordinator at all."""
    return actor.is_a(Role.COORDINATOR)


KEEP = Permission("keep an organisation's listings", coordinator | curator)
LIST_KEPT = Permission("see the listings you keep", any_coordinator | curator)
ADD_ORGANISATION = Permission("add an organisation to the directory", curator)


def kept_by(actor: Actor) -> ColumnElement[bool]:
    """The WHERE clause of KEEP, over organisations."""
    if curator.test(actor, None):
        return true()
    if actor.is_a(Role.COORDINATOR):
        return Organisation.agency_id == actor.agency_id
    return false()
