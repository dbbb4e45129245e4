"""`python -m tests.bench.directory --sizes 1000 --only search --times 10`."""

import argparse
import contextlib
import hashlib
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click
import psycopg

from app.core.embedded_postgres import Server
from tests.bench import place, report, running
from tests.bench.directory import exporting, importing, loading, pages, radius
from tests.bench.measuring import Figures
from tests.bench.report import Line

USERS, ROUNDS, WARM_UP = 4, 3, 12
PARTS = ("pages", "radius", "import", "export")


@dataclass(frozen=True)
class House:
    """Trellis with a directory of one size."""

    size: int
    database: str
    web: running.Web


def main() -> None:
    """Load what is missing, measure, print."""
    asked = _arguments()
    with contextlib.ExitStack() as stack:
        server = stack.enter_context(place.serving())
        sizes = [] if asked.parts == ["import"] else asked.sizes
        houses = [stack.enter_context(_house(server, size)) for size in sizes]
        if "pages" in asked.parts:
            _print_pages(houses, asked.only, asked.times)
        if "radius" in asked.parts and houses:
            click.echo(radius.measure(server, houses[-1].database))
        if "import" in asked.parts:
            for line in importing.measure(server, asked.imported):
                click.echo(line)
        if "export" in asked.parts:
            for house in houses:
                for line in exporting.measure(house.web, house.size):
                    click.echo(line)


def _print_pages(houses: list[House], only: str, times: int) -> None:
    click.echo(report.head("services", "large ÷ small"))
    for page in (one for one in pages.PAGES if only in one.name):
        figures: dict[tuple[int, int], Figures] = {}
        for house in houses:
            pages.measure(page, house.web, USERS, WARM_UP)
        # The sizes take turns, so that what else the machine does falls on both.
        for _round, users, house in itertools.product(range(ROUNDS), (1, USERS), houses):
            kept = figures.setdefault((house.size, users), Figures())
            kept.join(pages.measure(page, house.web, users, times))
        lines = {one.size: Line(figures[one.size, 1], figures[one.size, USERS]) for one in houses}
        click.echo("\n".join(report.rows(page.name, lines, page.p95_aim)))


@contextlib.contextmanager
def _house(server: Server, size: int) -> Iterator[House]:
    name = _loaded(server, size)
    port = running.free_port()
    more = {
        "TRELLIS_PUBLIC_URL": f"http://localhost:{port}",
        "TRELLIS_OIDC_ISSUER": "http://127.0.0.1:1",
        "TRELLIS_OIDC_CLIENT_ID": "trellis",
        "TRELLIS_OIDC_CLIENT_SECRET": place.SECRET,
    }
    environment = place.environment(server, name, **more)
    with running.gunicorn("create_app", port, environment, "/health/ready") as web:
        yield House(size, name, web)


def _loaded(server: Server, size: int) -> str:
    name = f"bench_directory_{size}_{_digest()}"
    with psycopg.connect(server.url("postgres"), autocommit=True) as admin:
        like = f"bench\\_directory\\_{size}\\_%"
        rows = admin.execute("select datname from pg_database where datname like %s", [like])
        known = {row[0] for row in rows}
        if name not in known:
            click.echo(f"Loading {size:,} services")
            loading.fill(server, "making_directory", size)
            admin.execute(f"alter database making_directory rename to {name}")
        for old in known - {name}:
            admin.execute(f"drop database {old} with (force)")
    return name


def _digest() -> str:
    """What a loaded directory depends on: the migrations and the loader."""
    digest = hashlib.sha256()
    here = Path(loading.__file__)
    migrations = sorted((place.ROOT / "migrations").rglob("*.[ps][yq]*"))
    for path in (here, here.with_name("words.py"), *migrations):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.directory", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 100_000])
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=list(PARTS))
    parser.add_argument("--only", default="", help="pages whose name holds these words")
    parser.add_argument("--times", type=int, default=20, help="requests a user and round")
    parser.add_argument("--imported", type=int, default=20_000, help="services to import")
    return parser.parse_args()


if __name__ == "__main__":
    main()
