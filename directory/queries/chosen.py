"""The cards of services already chosen, by id or by the agency that keeps them."""

import uuid
from collections.abc import Collection

from sqlalchemy import ColumnElement, select

from app.core.db import session
from app.core.errors import NotFound
from directory.models.listing import LISTING
from directory.models.organisation import Organisation
from directory.models.service import Service
from directory.queries import dealing
from directory.queries.card import Found, ServiceCard


def get(service_id: uuid.UUID) -> ServiceCard:
    """The card of a service, open or not. Raises NotFound when there is no such service."""
    found = many([service_id])
    if service_id not in found:
        raise NotFound("There is no such service")
    return found[service_id]


def many(service_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, ServiceCard]:
    """The cards of these services by id, in two queries; unknown ids are left out."""
    return {one.id: one for one in _cards(Service.id.in_(list(service_ids)))}


def services_of(agency_id: uuid.UUID) -> list[ServiceCard]:
    """The services of the organisation that is this agency, by name, in two queries."""
    return _cards(Organisation.agency_id == agency_id)


def can_receive(service_id: uuid.UUID) -> bool:
    """Whether an onward referral could be sent there today, sharing agreements apart."""
    found = many([service_id]).get(service_id)
    return found is not None and found.can_receive


def _cards(which: ColumnElement[bool]) -> list[ServiceCard]:
    asked = (
        select(LISTING.c.service_id, LISTING.c.sort_name)
        .join(Service, Service.id == LISTING.c.service_id)
        .join(Organisation, Organisation.id == Service.organisation_id)
        .where(which)
        .order_by(LISTING.c.sort_name, LISTING.c.service_id)
    )
    found = [Found(row.service_id, row.sort_name, 0.0) for row in session.execute(asked)]
    return dealing.cards(found, None)
