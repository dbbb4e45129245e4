"""Fill a migrated database: the district first, then referrals in batches side by side."""

import multiprocessing
import random
import uuid
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

import psycopg

from config.settings import Settings
from directory.actions import loading
from tests.bench.load import onward, people, trail, work
from tests.bench.load.cases import Case, cases
from tests.bench.load.copying import Rows, connect
from tests.bench.load.district import District, Founder
from tests.bench.load.journey import Journey, Somebody
from tests.bench.load.listings import SERVICES, Publisher
from tests.bench.load.sealer import Sealer

BATCH = 1_000
TELL = 10_000
SEED = 20261122
COMES_AGAIN = 0.1
Say = Callable[[str], None]


@dataclass(frozen=True)
class Target:
    """A migrated database with its first keys; `superuser` is the URL that COPY goes through."""

    superuser: str
    settings: Settings


@dataclass(frozen=True)
class Batch:
    """Some referrals, written in one transaction."""

    number: int
    cases: Sequence[Case]


def fill(
    target: Target,
    size: int,
    agencies: int = 400,
    *,
    services: int = SERVICES,
    processes: int = 1,
    say: Say = lambda _words: None,
) -> District:
    """Load everything and ANALYZE it; returns the district."""
    now = datetime.now(UTC)
    district = _district(target, size, agencies, services, now)
    ordered = cases(size, district, random.Random(SEED))
    batches = [
        Batch(start, ordered[start : start + BATCH]) for start in range(0, len(ordered), BATCH)
    ]
    done = 0
    for many in _stored(partial(_store, target, district, now), batches, processes):
        done += many
        if done % TELL == 0:
            say(f"{done:,} of {size:,} referrals")
    with psycopg.connect(target.superuser, autocommit=True) as admin:
        say("vacuum and analyze")
        admin.execute("vacuum (analyze)")
    return district


def _district(target: Target, size: int, agencies: int, services: int, now: datetime) -> District:
    rng, rows = random.Random(SEED), Rows()
    with psycopg.connect(target.settings.owner_database_url or "") as owner:
        loading.load_needs(owner)
        loading.load_postcodes(owner, loading.DEMONSTRATION_POSTCODES)
    with connect(target.superuser) as connection:
        district = Founder(rng, rows, now).found(size, agencies, _terms(connection))
        Publisher(rng, rows, now, district).publish(services)
        rows.store(connection)
        connection.execute("select trellis.refresh_listings(array(select id from service))")
    return district


def _terms(connection: psycopg.Connection) -> list[uuid.UUID]:
    leaves = "select id from taxonomy_term where parent_id is not null order by code"
    return [row[0] for row in connection.execute(leaves)]


def _stored(store: Callable[[Batch], int], batches: list[Batch], processes: int) -> Iterator[int]:
    if processes < 2:
        yield from map(store, batches)
        return
    # Not forked: nothing of this process's connections and threads is to come along.
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, mp_context=spawn) as pool:
        yield from pool.map(store, batches)


def _store(target: Target, district: District, now: datetime, batch: Batch) -> int:
    rng, rows = random.Random(SEED + 1 + batch.number), Rows()
    sealer = Sealer(target.settings)
    known: dict[int, Somebody] = {}
    for case in batch.cases:
        journey = Journey(rng, rows, district, now, case)
        person = known.get(case.practice)
        if person is None or rng.random() > COMES_AGAIN:
            person = people.add(rng, rows, sealer, journey)
        known[case.practice] = person
        journey.write(person)
        work.record(journey)
        onward.send_on(journey)
        trail.leave(journey)
    with connect(target.superuser) as connection:
        rows.store(connection)
    return len(batch.cases)
