"""So many services in three fifths as many places, written with COPY."""

import random
import uuid
from datetime import UTC, datetime, timedelta

import psycopg

from app.core import installation, roles
from app.core.embedded_postgres import Server
from directory.actions import loading
from tests.bench import place
from tests.bench.directory import words
from tests.bench.load.copying import Rows, connect
from tests.bench.load.words import OUTWARDS, new_id

SEED = 20261125
EACH, PLACES_IN_TEN, CHUNK = 4, 6, 5000
LEAVES = "select id from taxonomy_term where parent_id is not null order by code"
SEARCH_ROWS = """
    select trellis.refresh_listings(array(select id from service order by id
        offset %s limit %s))"""


def prepare(server: Server, name: str) -> None:
    """A migrated database with the needs and the postcodes, and nothing else."""
    with psycopg.connect(server.url("postgres"), autocommit=True) as admin:
        admin.execute(f"drop database if exists {name} with (force)")
        roles.prepare(admin, place.PASSWORDS, name)
    settings = place.settings(server, name)
    installation.prepare(settings)
    with psycopg.connect(settings.owner_database_url or "") as owner:
        loading.load_needs(owner)
        loading.load_postcodes(owner, loading.DEMONSTRATION_POSTCODES)


def fill(server: Server, name: str, services: int) -> None:
    """The whole directory, with its search rows, analysed."""
    prepare(server, name)
    with connect(server.url(name)) as connection:
        terms = [row[0] for row in connection.execute(LEAVES)]
        rows = Rows()
        _write(rows, random.Random(SEED), services, terms)
        rows.store(connection)
        for start in range(0, services, CHUNK):
            connection.execute(SEARCH_ROWS, [start, CHUNK])
    with psycopg.connect(server.url(name), autocommit=True) as admin:
        admin.execute("vacuum (analyze)")


def _write(rows: Rows, rng: random.Random, services: int, terms: list[uuid.UUID]) -> None:
    at = datetime.now(UTC) - timedelta(days=1)
    owners = [_organisation(rows, rng, at, number) for number in range(max(1, services // EACH))]
    places = [
        _place(rows, rng, at, owners[number % len(owners)], number)
        for number in range(services * PLACES_IN_TEN // 10)
    ]
    for number in range(services):
        service_id = _service(rows, rng, at, owners[number % len(owners)])
        base = {"created_at": at, "service_id": service_id}
        location_id = places[number % len(places)]
        rows.add("service_at_location", **{"id": new_id(rng), **base}, location_id=location_id)
        for term_id in rng.sample(terms, rng.randint(1, 3)):
            rows.add("service_term", service_id=service_id, term_id=term_id)
        when = {"freq": "WEEKLY", "interval": 1, "byday": rng.choice(("MO", "TU", "WE", "TH"))}
        hours = {"opens_at": "10:00", "closes_at": "12:00"}
        rows.add("schedule", **{"id": new_id(rng), **base}, **when, **hours)
        if rng.random() < 0.3:
            area = {"name": "Around", "outwards": words.outwards(rng)}
            rows.add("service_area", **{"id": new_id(rng), **base}, **area)


def _organisation(rows: Rows, rng: random.Random, at: datetime, number: int) -> uuid.UUID:
    made = {"id": new_id(rng), "created_at": at, "name": f"Organisation {number:06}"}
    rows.add(
        "organisation",
        **made,
        description="We help people here",
        url=f"https://charity{number}.org.uk/",
        last_modified=at,
        version=1,
    )
    return made["id"]


def _place(
    rows: Rows, rng: random.Random, at: datetime, organisation_id: uuid.UUID, number: int
) -> uuid.UUID:
    easting, northing = words.spot(rng)
    made = {"id": new_id(rng), "created_at": at, "organisation_id": organisation_id}
    rows.add(
        "location",
        **made,
        name=f"Hall {number}",
        address="1 Quay Street",
        town=rng.choice(words.TOWNS),
        postcode=f"{rng.choice(OUTWARDS)} 1AA",
        easting=easting,
        northing=northing,
    )
    return made["id"]


def _service(rows: Rows, rng: random.Random, at: datetime, organisation_id: uuid.UUID) -> uuid.UUID:
    made = {"id": new_id(rng), "created_at": at, "organisation_id": organisation_id}
    rows.add(
        "service",
        **made,
        name=words.name(rng),
        description=words.about(rng),
        status="active",
        minimum_age=rng.choice((None, None, 18, 50)),
        eligibility="Anybody who would like company",
        access_modes=["in person"],
        languages=[],
        fees=rng.choice(("Free", "Free", "£2 a session")),
        contact_name="Ines",
        phone="01632 960100",
        email=f"s{rng.randint(1, 999_999)}@charity.org.uk",
        url="https://charity.org.uk/",
        capacity_state=rng.choice(("places", "waiting list", "full")),
        assured_at=at - timedelta(days=rng.randint(0, 400)),
        last_modified=at,
        version=1,
    )
    return made["id"]
