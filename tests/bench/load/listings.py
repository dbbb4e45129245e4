"""The directory: organisations, places and services, found by words, needs and area."""

import random
import uuid
from datetime import datetime, timedelta

from tests.bench.load.copying import Rows
from tests.bench.load.district import District, Place
from tests.bench.load.words import OUTWARDS, names, new_id, text

SERVICES = 2_000
EACH = 4
WHAT = names(
    "Befriending Walking Gardening Singing Debt Benefits Carers Memory Lunch Tea Craft Reading "
    "Football Swimming Fishing Digital Cooking Housing Energy Transport Falls Bereavement Dance"
)
HOW = ("club", "group", "advice", "drop-in", "circle", "line", "workshop", "visits")
TOWNS = ("Saltmere", "Kittering", "Long Furrow", "Shingle Bay")


class Publisher:
    """Writes organisations with their places and services."""

    def __init__(self, rng: random.Random, rows: Rows, at: datetime, district: District) -> None:
        self.rng, self.rows, self.at, self.district = rng, rows, at, district

    def publish(self, services: int = SERVICES) -> None:
        """Charities that use the system first, then organisations that do not."""
        for number in range(max(1, services // EACH)):
            known = number < len(self.district.charities)
            self._organisation(number, self.district.charities[number] if known else None)

    def _organisation(self, number: int, charity: Place | None) -> None:
        organisation_id, location_id = new_id(self.rng), new_id(self.rng)
        name = charity.name if charity else f"Organisation {number:04}"
        base = {"created_at": self.at, "organisation_id": organisation_id}
        self.rows.add(
            "organisation",
            id=organisation_id,
            created_at=self.at,
            name=name,
            description=text(self.rng, 1, 3),
            agency_id=charity.id if charity else None,
            last_modified=self.at,
            version=1,
        )
        self.rows.add(
            "location",
            **{"id": location_id, **base, "name": f"Hall {number}", "address": "1 Quay Street"},
            town=self.rng.choice(TOWNS),
            postcode=f"{self.rng.choice(OUTWARDS)} 1AA",
            easting=512_000 + self.rng.randint(-9000, 9000),
            northing=103_000 + self.rng.randint(-9000, 9000),
        )
        for _ in range(EACH):
            service_id = self._service(base, location_id)
            if charity:
                charity.services.append(service_id)

    def _service(self, base: dict[str, object], location_id: uuid.UUID) -> uuid.UUID:
        rng, service_id = self.rng, new_id(self.rng)
        youngest = rng.choice((None, 18, 50, 65))
        self.rows.add(
            "service",
            **{"id": service_id, **base, "name": f"{rng.choice(WHAT)} {rng.choice(HOW)}"},
            description=text(rng, 2, 6),
            status="active",
            minimum_age=youngest,
            eligibility=text(rng, 1, 1),
            access_modes=["in person"],
            fees="Free",
            capacity_state="places",
            capacity_places=rng.randint(1, 20),
            assured_at=self.at - timedelta(days=rng.randint(0, 400)),
            last_modified=self.at,
            version=1,
        )
        for term_id in rng.sample(self.district.terms, rng.randint(1, 3)):
            self.rows.add("service_term", service_id=service_id, term_id=term_id)
        linked = {"id": new_id(rng), "created_at": self.at, "service_id": service_id}
        self.rows.add("service_at_location", **linked, location_id=location_id)
        if rng.random() < 0.5:
            area = {"name": "Around", "outwards": rng.sample(OUTWARDS, 3)}
            self.rows.add("service_area", **{**linked, "id": new_id(rng)}, **area)
        when = {"freq": "WEEKLY", "interval": 1, "byday": rng.choice(("MO", "TU", "WE", "TH"))}
        self.rows.add("schedule", **{**linked, "id": new_id(rng)}, **when)
        return service_id
