"""The cards of the services that were found, all in one query."""

from typing import Any

from sqlalchemy import ScalarSelect, Select, Subquery, func, select, true
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import aliased

from app.core.db import session
from directory.grid import ground_metres, latitude_longitude
from directory.models.ages import ages_words
from directory.models.location import Location, ServiceAtLocation
from directory.models.organisation import Organisation
from directory.models.schedule import Schedule
from directory.models.service import Service
from directory.models.taxonomy import SERVICE_TERM, TaxonomyTerm
from directory.models.timetable import Session
from directory.queries.card import Key, ServiceCard, metres_from
from directory.queries.postcode import Spot


def cards(found: Subquery, near: Spot | None) -> list[tuple[ServiceCard, Key]]:
    """The cards of `found` (service_id, sort_name, key, metres), in its order."""
    return [
        (
            _card(row, near),
            (row.key, row.sort_name, row.Service.id),
        )
        for row in session.execute(_select(found, near))
    ]


def _select(found: Subquery, near: Spot | None) -> Select[Any]:
    """The services of a page, each with the place that is meant, its needs and its times."""
    place = (
        select(Location)
        .join(ServiceAtLocation, ServiceAtLocation.location_id == Location.id)
        .where(ServiceAtLocation.service_id == Service.id)
        .order_by(
            metres_from(near, Location) if near else ServiceAtLocation.position,
            ServiceAtLocation.position,
        )
        .limit(1)
        .lateral("place")
    )
    there = aliased(Location, place, name="there")
    return (
        select(
            Service,
            there,
            Organisation.name.label("organisation"),
            Organisation.agency_id,
            _needs().label("needs"),
            _times().label("times"),
            found.c.key,
            found.c.sort_name,
            found.c.metres,
        )
        .join(Organisation, Organisation.id == Service.organisation_id)
        .join(found, found.c.service_id == Service.id)
        .outerjoin(there, true())
        .order_by(found.c.key, found.c.sort_name, found.c.service_id)
    )


def _needs() -> ScalarSelect[Any]:
    return (
        select(func.array_agg(TaxonomyTerm.name))
        .join(SERVICE_TERM, SERVICE_TERM.c.term_id == TaxonomyTerm.id)
        .where(SERVICE_TERM.c.service_id == Service.id)
        .scalar_subquery()
    )


def _times() -> ScalarSelect[Any]:
    row = Schedule
    one = func.jsonb_build_object(
        *("freq", row.freq, "interval", row.interval, "byday", row.byday, "note", row.note),
        *("opens_at", row.opens_at, "closes_at", row.closes_at),
    )
    listed = func.jsonb_agg(aggregate_order_by(one, row.position))
    return select(listed).where(row.service_id == Service.id).scalar_subquery()


def _kilometres(metres: float | None, near: Spot | None) -> float | None:
    return None if metres is None or near is None else ground_metres(metres, near.easting) / 1000


def _at(at: Location | None) -> dict[str, Any]:
    """What a card says of the place: nothing of one that there is not."""
    if at is None:
        return {"place": ""}
    place = ", ".join(part for part in (at.name, at.town) if part)
    told: dict[str, Any] = {"place": place, "facilities": tuple(at.facilities)}
    if at.easting is not None and at.northing is not None:
        told["latitude"], told["longitude"] = latitude_longitude(at.easting, at.northing)
    return told


def _sure(service: Service) -> dict[str, Any]:
    """What a card says of how sure we are."""
    fresh = service.freshness
    return {
        "confirmed_at": fresh.confirmed_at,
        "evidence": fresh.evidence,
        "doubt": fresh.doubt,
        "doubted_at": fresh.doubted_at,
    }


def _card(row: Any, near: Spot | None) -> ServiceCard:
    service: Service = row.Service
    at: Location | None = row.there
    return ServiceCard(
        id=service.id,
        name=service.name,
        organisation=row.organisation,
        agency_id=row.agency_id,
        description=service.description,
        distance_km=_kilometres(row.metres, near),
        eligibility=service.eligibility,
        ages_words=ages_words(service.minimum_age, service.maximum_age),
        minimum_age=service.minimum_age,
        maximum_age=service.maximum_age,
        fees=service.fees,
        needs=tuple(sorted(row.needs or ())),
        access_modes=tuple(service.access_modes),
        alert=service.alert,
        status=service.status,
        self_referral=service.self_referral,
        takes_referrals=service.accepts_referrals,
        capacity=service.capacity,
        **_sure(service),
        languages=tuple(service.languages),
        **_at(at),
        times_words=tuple(Session.told(one).words for one in row.times or ()),
        phone=service.phone,
    )
