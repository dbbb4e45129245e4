"""How many services a second come in: new ones, the same again, and some that changed."""

import random
import tempfile
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg

from app.core.embedded_postgres import Server
from directory.importing.hands import Operator
from directory.importing.report import Report
from directory.importing.run import Import
from tests.bench import place
from tests.bench.directory import loading, words

NAME = "bench_directory_import"
AIM = 2_000
DIRTY = 0.02


def feed(services: int, changed: float = 0.0) -> Iterator[dict[str, Any]]:
    """Services as a council publishes them, in three fifths as many places, some of them dirty."""
    rng, dice = random.Random(1), random.Random(2)
    for number in range(services):
        row = _service(rng, number)
        if dice.random() < changed:
            row["fees"] = "It costs something now"
        yield row


def measure(server: Server, services: int) -> Iterator[str]:
    """A line for each way of importing, with its aim."""
    loading.prepare(server, NAME)
    ways = (("new", 0.0), ("the same again", 0.0), ("one in ten changed", 0.1))
    for words_for_it, changed in ways:
        speed, refused = _once(server, list(feed(services, changed)))
        met = "met" if speed >= AIM else "NOT MET"
        aim = f", aim {AIM:,}: {met}" if words_for_it == "new" else ""
        yield f"import, {words_for_it:<22}{speed:>8,.0f} services a second{aim} ({refused} remarks)"


def _once(server: Server, rows: list[dict[str, Any]]) -> tuple[float, int]:
    settings = place.settings(server, NAME)
    with (
        tempfile.TemporaryDirectory() as folder,
        psycopg.connect(settings.owner_database_url or "") as owner,
        Report(Path(folder) / "report.csv") as report,
    ):
        run = Import(Operator(owner), "bench", report)
        began = time.perf_counter()
        run.run(rows, str, str)
        return len(rows) / (time.perf_counter() - began), report.rows


def _service(rng: random.Random, number: int) -> dict[str, Any]:
    is_dirty, hall = rng.random() < DIRTY, number * 6 // 10
    address = {"address_1": "1 Quay Street", "city": "Saltmere", "postal_code": "QS1 1AA"}
    place_of = {"id": f"l{hall}", "name": f"Hall {hall}", "latitude": 50.8, "longitude": -0.3}
    return {
        "id": str(uuid.UUID(int=rng.getrandbits(128))),
        "name": words.name(rng),
        "status": "active",
        "description": f"<p>{words.about(rng)}</p><p>{words.about(rng)}</p>",
        "url": "mailto:nobody" if is_dirty else f"https://s{number}.org.uk/x",
        "email": "nobody" if is_dirty else f"s{number}@charity.org.uk",
        "minimum_age": 18,
        "fees": "Free",
        "assured_date": "2026-10-01",
        "eligibility_description": "Anybody who would like company",
        "organization": {"id": f"o{number // 4}", "name": f"Organisation {number // 4}"},
        "contacts": [{"name": "Ines", "phones": [{"number": "01632 960100"}]}],
        "schedules": [{"freq": "WEEKLY", "byday": "TU", "opens_at": "10:00", "closes_at": "12:00"}],
        "service_areas": [{"name": "Saltmere"}],
        "languages": [{"name": "Polish"}],
        "taxonomy_terms": [{"name": "lonely"}],
        "service_at_locations": [{"location": {**place_of, "addresses": [address]}}],
    }
