"""The services at locations that are published: each place of each service."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import joinedload

from app.core.db import session
from app.core.errors import NotFound
from directory.models.listing import LISTING
from directory.models.location import Location, ServiceAtLocation
from directory.models.organisation import Organisation
from directory.models.service import Service
from directory.open_referral.queries import service as services
from directory.open_referral.queries.page import Page, Slice, counted
from directory.open_referral.queries.wanted import Wanted
from directory.queries.card import metres_from


@dataclass(frozen=True)
class Offer:
    """A place, and the service that is offered there."""

    place: ServiceAtLocation
    service: Service


def page(wanted: Wanted, which: Slice, *, full: bool = False) -> Page[Offer]:
    """One page of places: nearest first when a postcode is given, otherwise by id."""
    rows = _matching(wanted)
    total, moment = counted(rows)
    ids = session.scalars(which.of(_in_order(rows, wanted))).all()
    return Page(_offers(ids, full=full), which, total, moment)


def minimal(wanted: Wanted, which: Slice) -> Page[Row[Any]]:
    """One page of (id, service_id, last_modified), for who keeps a copy up to date."""
    rows = _matching(wanted)
    total, moment = counted(rows)
    which_ids = which.of(rows.order_by(ServiceAtLocation.id)).subquery()
    described = (
        select(ServiceAtLocation.id, ServiceAtLocation.service_id, services.CHANGED)
        .join(which_ids, which_ids.c.id == ServiceAtLocation.id)
        .join(Service, Service.id == ServiceAtLocation.service_id)
        .join(Organisation, Organisation.id == Service.organisation_id)
        .order_by(ServiceAtLocation.id)
    )
    return Page(session.execute(described).all(), which, total, moment)


def get(place_id: uuid.UUID) -> Offer:
    """One service at one location, whole. Raises NotFound."""
    found = _offers([place_id], full=True)
    if not found:
        raise NotFound("There is no service at a location with this id")
    return found[0]


def _matching(wanted: Wanted) -> Select[Any]:
    rows = select(ServiceAtLocation.id)
    of_service, searched = wanted.of_service(), wanted.of_listing()
    if of_service:
        rows = rows.join(Service, Service.id == ServiceAtLocation.service_id).where(*of_service)
    if searched:
        row = LISTING.c.service_id
        rows = rows.join(LISTING, row == ServiceAtLocation.service_id).where(*searched)
    if wanted.spot and wanted.metres is not None:
        centre = func.point(wanted.spot.easting, wanted.spot.northing)
        near = Location.spot.bool_op("<@")(func.circle(centre, wanted.metres))
        rows = rows.where(ServiceAtLocation.location_id.in_(select(Location.id).where(near)))
    return rows


def _in_order(rows: Select[Any], wanted: Wanted) -> Select[Any]:
    """Apart from the matching, as counting needs no places: only their order does."""
    if wanted.spot is None:
        return rows.order_by(ServiceAtLocation.id)
    placed = rows.join(Location, Location.id == ServiceAtLocation.location_id)
    return placed.order_by(metres_from(wanted.spot, Location), ServiceAtLocation.id)


def _offers(ids: Sequence[uuid.UUID], *, full: bool) -> list[Offer]:
    rows = session.scalars(
        select(ServiceAtLocation)
        .options(joinedload(ServiceAtLocation.location))
        .where(ServiceAtLocation.id.in_(ids))
    )
    places = {one.id: one for one in rows}
    which = [one.service_id for one in places.values()]
    options = services.NESTED if full else services.LISTED
    of = services.loaded(which, options)
    return [Offer(places[one], of[places[one].service_id]) for one in ids if one in places]
