"""One service whole, and the services that somebody keeps."""

import uuid
from collections.abc import Collection, Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from app.core.db import session
from app.core.errors import NotFound
from app.identity.actor import Actor
from directory import policy
from directory.models.change import ListingChange
from directory.models.location import ServiceAtLocation
from directory.models.organisation import Organisation
from directory.models.service import Service

NO_SERVICE = "There is no such service"


def whole() -> Select[Service]:
    """A service with everything a page or a topic reads: five statements, however many rows."""
    return select(Service).options(
        joinedload(Service.organisation),
        selectinload(Service.terms),
        selectinload(Service.schedules),
        selectinload(Service.areas),
        selectinload(Service.places).joinedload(ServiceAtLocation.location),
    )


def get(service_id: uuid.UUID) -> Service:
    """Return the service, or raise NotFound. Everybody may read it."""
    found = session.scalar(whole().where(Service.id == service_id))
    if found is None:
        raise NotFound(NO_SERVICE)
    return found


def leaflets(service_ids: Collection[uuid.UUID]) -> list[Service]:
    """These services whole, by name: what a sheet of paper says of them. Five statements."""
    found = session.scalars(whole().where(Service.id.in_(list(service_ids))))
    return sorted(found, key=lambda one: one.name.casefold())


def kept(actor: Actor, service_id: uuid.UUID) -> Service:
    """Return a service that the actor keeps; NotFound when it is absent or another's."""
    found = session.scalar(
        whole()
        .join(Organisation, Organisation.id == Service.organisation_id)
        .where(Service.id == service_id, policy.kept_by(actor))
    )
    if found is None:
        raise NotFound(NO_SERVICE)
    return found


def of_agency(agency_id: uuid.UUID) -> Sequence[Service]:
    """The services of the organisation that is this agency, by name."""
    return session.scalars(
        whole()
        .join(Organisation, Organisation.id == Service.organisation_id)
        .where(Organisation.agency_id == agency_id)
        .order_by(Service.name, Service.id)
    ).all()


def of_organisation(organisation_id: uuid.UUID) -> Sequence[Service]:
    """The services of this organisation, by name."""
    return session.scalars(
        select(Service)
        .where(Service.organisation_id == organisation_id)
        .order_by(Service.name, Service.id)
    ).all()


def history(service: Service, limit: int = 50) -> Sequence[ListingChange]:
    """What was changed on a listing, newest first. The database shows it to keepers only."""
    return session.scalars(
        select(ListingChange)
        .where(ListingChange.service_id == service.id)
        .order_by(ListingChange.created_at.desc(), ListingChange.id)
        .limit(limit)
    ).all()


def change(service: Service, change_id: uuid.UUID) -> ListingChange:
    """Return one change of this listing, or raise NotFound."""
    found = session.scalar(
        select(ListingChange).where(
            ListingChange.id == change_id, ListingChange.service_id == service.id
        )
    )
    if found is None:
        raise NotFound("There is no such change")
    return found
