"""A service as a search shows it: everything on one card, and all cards in one query."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Float, Select, Subquery, Text, func, select

from app.core.db import session
from directory.models.ages import ages_words
from directory.models.capacity import Capacity
from directory.models.freshness import Freshness
from directory.models.location import Location, ServiceAtLocation
from directory.models.organisation import Organisation
from directory.models.service import Service, ServiceStatus
from directory.models.taxonomy import SERVICE_TERM, TaxonomyTerm
from directory.queries.postcode import Spot

METRES_PER_MILE = 1609.344
NO_DISTANCE = 1e9
Key = tuple[float, str, uuid.UUID]


@dataclass(frozen=True)
class ServiceCard:
    """What to know about a service before choosing it. Every `…_words` is ready to be read."""

    id: uuid.UUID
    name: str
    organisation: str
    agency_id: uuid.UUID | None
    description: str
    place: str
    distance_km: float | None
    eligibility: str
    ages_words: str
    minimum_age: int | None
    maximum_age: int | None
    fees: str
    needs: tuple[str, ...]
    access_modes: tuple[str, ...]
    alert: str
    status: str
    self_referral: bool
    takes_referrals: bool
    capacity: Capacity
    confirmed_at: datetime | None
    evidence: str = ""
    doubt: str = ""

    @property
    def capacity_words(self) -> str:
        """The state of places: "4 places"."""
        return self.capacity.words

    @property
    def freshness(self) -> Freshness:
        """How long ago somebody confirmed it."""
        return Freshness(self.confirmed_at, self.evidence, self.doubt)

    @property
    def freshness_words(self) -> str:
        """How sure we are: "Confirmed 6 days ago – accepted a referral"."""
        return self.freshness.words()

    @property
    def distance_words(self) -> str:
        """How far as the crow flies: "about 1.2 miles"; empty when it is not known."""
        if self.distance_km is None:
            return ""
        miles = self.distance_km * 1000 / METRES_PER_MILE
        if miles < 0.5:
            return "under half a mile"
        number = f"{miles:.0f}" if miles >= 10 else f"{miles:.1f}".removesuffix(".0")
        return "about 1 mile" if number == "1" else f"about {number} miles"

    @property
    def can_receive(self) -> bool:
        """Whether an onward referral could be sent to it today, sharing agreements apart."""
        ready = self.takes_referrals and self.status == ServiceStatus.ACTIVE
        return self.agency_id is not None and ready and self.capacity.takes_people


def metres_from(spot: Spot, location: type[Location]) -> ColumnElement[float]:
    """The distance between a spot and a location (or an alias of it), which its index knows."""
    return location.spot.op("<->", return_type=Float())(func.point(spot.easting, spot.northing))


def cards(found: Subquery, near: Spot | None) -> list[tuple[ServiceCard, Key]]:
    """The cards of `found` (service_id, key, sort_name), in its order; key is in metres if near."""
    return [
        (
            _card(row, row.key if near and row.key != NO_DISTANCE else None),
            (row.key, row.sort_name, row.Service.id),
        )
        for row in session.execute(_select(found, near))
    ]


def _select(found: Subquery, near: Spot | None) -> Select[Any]:
    place = (
        select(func.concat_ws(", ", Location.name, func.nullif(Location.town, "")))
        .join(ServiceAtLocation, ServiceAtLocation.location_id == Location.id)
        .where(ServiceAtLocation.service_id == Service.id)
        .order_by(
            metres_from(near, Location) if near else ServiceAtLocation.position,
            ServiceAtLocation.position,
        )
        .limit(1)
    )
    needs = (
        select(func.array_agg(TaxonomyTerm.name))
        .join(SERVICE_TERM, SERVICE_TERM.c.term_id == TaxonomyTerm.id)
        .where(SERVICE_TERM.c.service_id == Service.id)
    )
    return (
        select(
            Service,
            Organisation.name.label("organisation"),
            Organisation.agency_id,
            place.scalar_subquery().cast(Text).label("place"),
            needs.scalar_subquery().label("needs"),
            found.c.key,
            found.c.sort_name,
        )
        .join(Organisation, Organisation.id == Service.organisation_id)
        .join(found, found.c.service_id == Service.id)
        .order_by(found.c.key, found.c.sort_name, found.c.service_id)
    )


def _card(row: Any, metres: float | None) -> ServiceCard:
    service: Service = row.Service
    return ServiceCard(
        id=service.id,
        name=service.name,
        organisation=row.organisation,
        agency_id=row.agency_id,
        description=service.description,
        place=row.place or "",
        distance_km=None if metres is None else metres / 1000,
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
        confirmed_at=service.assured_at,
        evidence=service.evidence,
        doubt=service.doubt,
    )
