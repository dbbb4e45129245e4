"""`make bench`, or `python -m tests.bench --sizes 2000 --only caseload --times 10`."""

import argparse
import contextlib
import itertools
import os
from collections.abc import Iterator
from dataclasses import dataclass

import click

from tests.bench import place, report, running
from tests.bench.cast import Cast
from tests.bench.measuring import Figures, timed
from tests.bench.measuring import measure as measured
from tests.bench.report import Line
from tests.bench.scenarios import SCENARIOS, Page

USERS = 4
WARM_UP = 6
ROUNDS = 3
SESSIONS = 50_000


@dataclass(frozen=True)
class House:
    """Trellis running on one database."""

    size: int
    cast: Cast
    web: running.Web


def main() -> None:
    """Load what is missing, start everything, measure, print."""
    asked = _arguments()
    with contextlib.ExitStack() as stack:
        server = stack.enter_context(place.serving())
        names = {size: place.loaded(server, size, _say(size)) for size in asked.sizes}
        houses = [stack.enter_context(_house(server, *one)) for one in names.items()]
        floor = stack.enter_context(running.gunicorn("create_floor", running.free_port(), {}, "/"))
        _print_table(asked, houses, floor)


def _print_table(asked: argparse.Namespace, houses: list[House], floor: running.Web) -> None:
    click.echo(f"\nMilliseconds, on {os.cpu_count()} cores shared with the client and PostgreSQL\n")
    click.echo(report.head())
    _print_floor(floor, asked.times)
    for page in SCENARIOS:
        if asked.only in page.name:
            _print_page(page, houses, asked.times)
    _print_floor(floor, asked.times)
    click.echo("\n" + report.memory([mb for one in houses for mb in one.web.workers_megabytes()]))


def _print_floor(floor: running.Web, times: int) -> None:
    hello = {"method": "GET", "path": "/"}
    found = []
    for users in (1, USERS):
        job = {"way": "requests", "port": floor.port, "users": [[hello] * times * 5] * users}
        answer, processor = timed(floor, job)
        found.append(Figures())
        found[-1].add(answer["samples"], answer["seconds"], processor)
    click.echo(f"{'the floor: bare Flask':<34}{'none':>10}{Line(*found).words()}")


def _print_page(page: Page, houses: list[House], times: int) -> None:
    figures: dict[tuple[int, int], dict[str, Figures]] = {}
    for one in houses:
        measured(page, one.cast, one.web, USERS, WARM_UP)
    # The sizes take turns, so that what else the machine does falls on both.
    for _round, users, one in itertools.product(range(ROUNDS), (1, USERS), houses):
        kept = figures.setdefault((one.size, users), {})
        for name, more in measured(page, one.cast, one.web, users, times).items():
            kept.setdefault(name, Figures()).join(more)
    for name in next(iter(figures.values())):
        lines = {
            one.size: Line(figures[one.size, 1][name], figures[one.size, USERS][name])
            for one in houses
        }
        click.echo("\n".join(report.rows(name, lines, page.p95_aim)))


@contextlib.contextmanager
def _house(server: place.Server, size: int, name: str) -> Iterator[House]:
    port, provider_port = running.free_port(), running.free_port()
    url = f"http://localhost:{port}"
    issuer = f"http://127.0.0.1:{provider_port}"
    with place.copied(server, name) as copy:
        settings = place.settings(server, copy)
        cast = Cast(settings, server.url(copy), issuer)
        cast.remember(SESSIONS)
        environment = place.environment(
            server,
            copy,
            TRELLIS_PUBLIC_URL=url,
            TRELLIS_OIDC_ISSUER=issuer,
            TRELLIS_OIDC_CLIENT_ID="trellis",
            TRELLIS_OIDC_CLIENT_SECRET=place.SECRET,
            AUTHLIB_INSECURE_TRANSPORT="1",
        )
        with (
            running.provider(provider_port, url, cast.people()),
            running.gunicorn("create_app", port, environment, "/health/ready") as web,
        ):
            yield House(size, cast, web)


def _say(size: int) -> place.Say:
    return lambda words: click.echo(f"Loading {size:,}: {words}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[2_000, 200_000])
    parser.add_argument("--only", default="", help="pages whose name holds these words")
    parser.add_argument("--times", type=int, default=20, help="requests a user and round")
    return parser.parse_args()


if __name__ == "__main__":
    main()
