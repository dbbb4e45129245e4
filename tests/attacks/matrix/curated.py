"""What waits for a curator, for the addresses of the matrix: made by those who would make it."""

import uuid
from typing import Any

from sqlalchemy import select

from app.core.db import NOBODY, session, transaction
from app.identity.actor import Role
from directory.actions import organisation as organisations
from directory.actions.organisation import OrganisationDraft
from directory.actions.topics.contact import Contact
from directory.actions.topics.description import Description
from directory.curation.actions import claim, merge
from directory.curation.models.proposal import ProposedChange
from directory.curation.models.report import ListingReport
from directory.curation.queries import waiting
from directory.freshness.actions import link, report, secret
from directory.freshness.actions.report import Wrong
from directory.models.disclosure import DisclosureProfile
from directory.models.organisation import Organisation
from directory.queries import service as services
from tests.attacks.matrix.who import CHARITY, Who
from tests.stage import Stage

Ids = dict[str, Any]


def proposal(stage: Stage) -> Ids:
    """A change by a mailed link to a listing of the charity."""
    service_id = stage.offers("Sewing circle")
    with transaction(NOBODY):
        made = secret.make(service_id=service_id)
        it = Description.of(services.get(service_id))
        link.propose(made, [(it, Description("Sewing circle", "New words"))], "")
    with transaction(stage.curator):
        found = select(ProposedChange.id).where(ProposedChange.service_id == service_id)
        return {"proposal_id": session.scalar(found), "service_id": service_id}


def reported(stage: Stage) -> Ids:
    """What a reader says of a listing of the charity."""
    service_id = stage.offers("Bread club")
    with transaction(NOBODY):
        report.add(uuid.uuid4(), services.get(service_id), Wrong.TIMES, "")
    with transaction(stage.curator):
        found = select(ListingReport.id).where(ListingReport.service_id == service_id)
        return {"report_id": session.scalar(found)}


def unclaimed(stage: Stage) -> Ids:
    """An organisation that nobody keeps."""
    return {"organisation_id": _organisation(stage).id}


def claimed(stage: Stage, somebody: Any) -> Ids:
    """The charity's coordinator asks to keep one more organisation."""
    organisation, coordinator = _organisation(stage), somebody(Who(CHARITY, Role.COORDINATOR))
    with transaction(coordinator):
        return {"claim_id": claim.ask(coordinator, organisation, "e-mail").id}


def duplicate(stage: Stage) -> Ids:
    """Two listings of one name and telephone number."""
    name, contact = f"Choir {uuid.uuid4().hex}", Contact(phone="01632 960960")
    one, other = stage.offers(name, contact), stage.offers(name, contact)
    with transaction(stage.curator):
        merge.find()
        pair = waiting.pair_of(one, other)
        assert pair
        return {"pair_id": pair.id}


def merged(stage: Stage) -> Ids:
    """Two listings that were merged."""
    one, other = stage.offers("Choir"), stage.offers("Singers")
    curator = stage.curator
    with transaction(curator):
        both = services.kept(curator, one), services.kept(curator, other)
        return {"merge_id": merge.merge(curator, *both).id}


def profile(stage: Stage) -> Ids:
    """A disclosure profile."""
    with transaction(stage.curator):
        return {"profile_id": session.scalars(select(DisclosureProfile.id)).first()}


def _organisation(stage: Stage) -> Organisation:
    with transaction(stage.curator):
        draft = OrganisationDraft(f"Shed {uuid.uuid4().hex[:6]}", email="hello@shed.example")
        return organisations.add(stage.curator, draft)
