"""Adding an organisation to the directory, and keeping its entry right."""

import uuid
from dataclasses import asdict, dataclass

from app.core import audit, clock
from app.core.db import session
from app.core.errors import Conflict, Denied
from app.identity.actor import Actor
from directory import policy
from directory.models.organisation import Organisation
from directory.queries import editor

KEPT_BY_ANOTHER = (
    "Another agency keeps these listings already. Nothing was changed: settle with both who "
    "speaks for the organisation"
)


@dataclass(frozen=True)
class OrganisationDraft:
    """What an organisation says about itself. All of it is published."""

    name: str
    description: str = ""
    email: str = ""
    phone: str = ""
    url: str = ""
    charity_number: str | None = None
    company_number: str | None = None


def add(actor: Actor, draft: OrganisationDraft, agency_id: uuid.UUID | None = None) -> Organisation:
    """Add an organisation; `agency_id` when it is an agency and keeps its own listings.

    Raises:
        Denied: the actor is not a curator at a council.
    """
    policy.ADD_ORGANISATION.require(actor)
    organisation = Organisation(**asdict(draft), agency_id=agency_id)
    session.add(organisation)
    audit.record(actor, "organisation.added", organisation)
    return organisation


def change(actor: Actor, organisation: Organisation, draft: OrganisationDraft) -> None:
    """Make an organisation's entry say something else.

    Raises:
        Denied: the actor does not keep this organisation, or is new to this.
    """
    policy.KEEP.require(actor, organisation)
    if not editor.publishes(actor, organisation):
        raise Denied("The directory's curator has to look at this first. Ask the council")
    for name, value in asdict(draft).items():
        setattr(organisation, name, value)
    organisation.last_modified = clock.now()
    audit.record(actor, "organisation.changed", organisation)


def link(actor: Actor, organisation: Organisation, agency_id: uuid.UUID | None) -> None:
    """Say which agency an organisation is; its coordinators keep its listings from now on.

    Raises:
        Denied: the actor is not a curator at a council.
        Conflict: another agency keeps them; it has to let go of them first.
    """
    policy.ADD_ORGANISATION.require(actor)
    session.refresh(organisation, with_for_update=True)
    if agency_id and organisation.agency_id not in (None, agency_id):
        raise Conflict(KEPT_BY_ANOTHER)
    organisation.agency_id = agency_id
    audit.record(actor, "organisation.linked", organisation)
