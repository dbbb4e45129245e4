"""A service as a search shows it: everything on one card, and all cards in one query."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Float,
    Integer,
    bindparam,
    func,
)

from directory.models.capacity import Capacity
from directory.models.freshness import Freshness
from directory.models.location import Location
from directory.models.service import ServiceStatus
from directory.queries.postcode import Spot

METRES_PER_MILE = 1609.344
NO_DISTANCE = 1e9
Key = tuple[float, str, uuid.UUID]


@dataclass(frozen=True)
class Found:
    """A service that a search found, where it stands in the order, and how far away it is."""

    service_id: uuid.UUID
    sort_name: str
    order: float
    metres: float | None = None

    @property
    def key(self) -> Key:
        """By what the found are put in order."""
        return self.order, self.sort_name, self.service_id


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
    doubted_at: datetime | None = None
    # Where the place is in degrees; and what else helps to choose.
    latitude: float | None = None
    longitude: float | None = None
    languages: tuple[str, ...] = ()
    facilities: tuple[str, ...] = ()
    times_words: tuple[str, ...] = ()
    phone: str = ""

    @property
    def capacity_words(self) -> str:
        """The state of places: "4 places"."""
        return self.capacity.words

    @property
    def freshness(self) -> Freshness:
        """How long ago somebody confirmed it."""
        return Freshness(self.confirmed_at, self.evidence, self.doubt, self.doubted_at)

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


HERE = func.point(bindparam("easting", type_=Integer), bindparam("northing", type_=Integer))


def metres_to(location: type[Location]) -> ColumnElement[float]:
    """How far a location (or an alias) is from `easting` and `northing`, as its index knows."""
    return location.spot.op("<->", return_type=Float())(HERE)


def metres_from(spot: Spot, location: type[Location]) -> ColumnElement[float]:
    """The same from a spot that is known already."""
    return location.spot.op("<->", return_type=Float())(func.point(spot.easting, spot.northing))
