"""Where a service happens."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Self

from directory.actions.topics.topic import Topic
from directory.models.location import Location, ServiceAtLocation
from directory.models.service import Service
from directory.queries import location as locations
from directory.queries import postcode


@dataclass(frozen=True)
class Place:
    """One location in words; `id` is empty until it is stored."""

    name: str
    address: str = ""
    town: str = ""
    postcode: str = ""
    travel: str = ""
    facilities: list[str] = field(default_factory=list)
    access: str = ""
    id: str = ""

    @classmethod
    def of(cls, row: Location) -> Self:
        """The words of a stored location."""
        return cls(
            row.name,
            row.address,
            row.town,
            row.postcode,
            row.travel,
            list(row.facilities),
            row.access,
            str(row.id),
        )

    @property
    def words(self) -> str:
        """All of it on one line."""
        parts = (self.name, self.address, self.town, self.postcode, self.travel, self.access)
        return ", ".join(part for part in (*parts, *self.facilities) if part)

    def put(self, row: Location) -> Location:
        """Make a stored location say this, and find where it is on the map."""
        if row.postcode != self.postcode or row.easting is None:
            spot = postcode.spot_of(self.postcode)
            row.easting = spot.easting if spot else None
            row.northing = spot.northing if spot else None
        row.name, row.address, row.town = self.name, self.address, self.town
        row.postcode, row.travel, row.access = self.postcode, self.travel, self.access
        row.facilities = list(self.facilities)
        return row


@dataclass(frozen=True)
class Places(Topic):
    """All of a service's places in order. A location left out stays the organisation's."""

    slug: ClassVar[str] = "places"
    title: ClassVar[str] = "Where"

    places: list[Place] = field(default_factory=list)

    @classmethod
    def of(cls, service: Service) -> Self:
        """What the listing says now."""
        return cls([Place.of(one.location) for one in service.places])

    def put(self, service: Service) -> None:
        """Make the listing say this."""
        known = {str(one.id): one for one in locations.of_organisation(service.organisation_id)}
        here = {str(one.location_id): one for one in service.places}
        service.places = [
            self._placed(service, position, place, known, here)
            for position, place in enumerate(self.places)
        ]

    def _placed(
        self,
        service: Service,
        position: int,
        place: Place,
        known: Mapping[str, Location],
        here: Mapping[str, ServiceAtLocation],
    ) -> ServiceAtLocation:
        row = known.get(place.id) or Location(
            organisation_id=service.organisation_id,
            **dict.fromkeys(("name", "address", "town", "postcode", "travel", "access"), ""),
            **dict.fromkeys(("easting", "northing")),
        )
        placed = here.get(str(row.id)) or ServiceAtLocation(location_id=row.id)
        placed.location, placed.position = place.put(row), position
        return placed

    def said(self) -> dict[str, str]:
        """What it says as people read it."""
        return {"Where": "; ".join(one.words for one in self.places)}

    @classmethod
    def restored(cls, stored: dict[str, Any]) -> Self:
        """The value that history kept."""
        return cls([Place(**one) for one in stored["places"]])
