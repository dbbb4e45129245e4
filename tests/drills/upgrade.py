"""upgrade: the previous release serves while the database is brought to this one."""

import contextlib
import subprocess
import threading
import time
from collections.abc import Iterator

import psycopg
import requests

from app.core import roles
from tests.conftest import PASSWORDS
from tests.drills.house import (
    APPLICATION,
    TRELLIS,
    House,
    browser_with,
    cluster,
    database_on,
    house,
    temporary_folder,
)
from tests.drills.previous import ROLES, Release, altering, release_before_a_lock
from tests.drills.referrers import Referrer, Tally, referring
from tests.drills.report import Report
from tests.drills.supervised import Supervised, gunicorn
from tests.own_server import until
from tests.providers.provider import free_port

ABOUT = "tables are altered while the previous release serves and a transaction is open"
SECONDS = 8.0
OPEN_SECONDS = 4
WORST_READ = 500.0
EVERY_TABLE = """
    select format('lock table %I.%I in access share mode', schemaname, tablename)
    from pg_tables where schemaname in ('public', 'trellis_private')"""


def run(report: Report, seconds: float = SECONDS) -> None:
    """Load for so long before and after the migration."""
    with temporary_folder() as folder, cluster(folder / "server") as server:
        previous = release_before_a_lock(folder / "previous")
        report.say("previous release", previous.commit[:12])
        report.say("its successor alters tables in", altering().stem)
        with psycopg.connect(server.server().url("postgres"), autocommit=True) as admin:
            roles.prepare(admin, PASSWORDS)
        with house(folder, database_on(server)) as made:
            previous.run("-m", "app.cli", "migrate", environment=made.environment)
            urls = {role: made.database.url(role) for role in ROLES}
            cast = previous.cast(urls, made.environment)
            _serve_old(made, previous)
            until(lambda: made.ready("/health/live"))
            _under_load(report, made, cast, seconds)
            _afterwards(report, made, previous, cast)


def _serve_old(made: House, previous: Release, port: int = 0) -> Supervised:
    command = gunicorn(port or made.port, 2, APPLICATION)
    known = {"TRELLIS_PUBLIC_URL": made.url, "PYTHONPATH": str(previous.folder)}
    return made.start("old-web", command, folder=previous.folder, **known)


def _under_load(report: Report, made: House, cast: dict, seconds: float) -> None:
    browsers = [browser_with(one) for one in cast["secrets"]["gp"][:3]]
    reads: list[tuple[float, float, int]] = []
    tally = Tally()
    referrers = [Referrer(made.url, one, cast["answers"], tally) for one in browsers[:2]]
    with referring(referrers, tally), _reading(made, cast, reads):
        time.sleep(seconds)
        began = time.monotonic()
        with _open_transaction(made):
            migrated = subprocess.run(
                [*TRELLIS, "migrate"], env=_with_path(made), capture_output=True, check=False
            )
        ended = time.monotonic()
        time.sleep(seconds)
    report.same("trellis migrate ended with", migrated.returncode, 0)
    # A table was wanted that the open transaction had: else there was nothing to wait for.
    report.at_least("seconds it took, beside the open transaction", ended - began, OPEN_SECONDS - 1)
    _report_reads(report, reads, began, ended)
    report.say("answers by status", dict(sorted(tally.statuses.items())))
    report.same("requests that failed", tally.repeated + len(tally.refused), 0)
    report.at_least("referrals sent meanwhile", len(tally.acknowledged), 1)


def _report_reads(
    report: Report, reads: list[tuple[float, float, int]], began: float, ended: float
) -> None:
    failed = [status for _, _, status in reads if status != 200]
    report.none("reads that failed", failed)
    before = [took for at, took, _ in reads if at < began]
    meanwhile = [took for at, took, _ in reads if began - 1 < at < ended + 0.5]
    report.say("reads before, and the worst", f"{len(before)}, {max(before) * 1000:.0f} ms")
    report.at_least("reads meanwhile", len(meanwhile), 1)
    report.at_most("the worst read meanwhile", max(meanwhile) * 1000, WORST_READ, "ms")


def _afterwards(report: Report, made: House, previous: Release, cast: dict) -> None:
    """Both releases start on the new schema, and both serve."""
    port = free_port()
    _serve_old(made, previous, port)
    old = f"http://127.0.0.1:{port}"
    browser = browser_with(cast["secrets"]["gp"][3])
    until(lambda: _status(browser, old + "/refer/") == 200)
    report.same("previous release on the new schema", _status(browser, old + "/refer/"), 200)
    made.port = free_port()
    made.serve()
    made.wait()
    report.same("this release beside it", _status(browser, made.url + "/refer/"), 200)


def _status(browser: requests.Session, url: str) -> int:
    try:
        return browser.get(url, timeout=20, allow_redirects=False).status_code
    except requests.RequestException:
        return 0


@contextlib.contextmanager
def _open_transaction(made: House) -> Iterator[None]:
    """Somebody's report has every table in use for four seconds."""
    with psycopg.connect(made.database.url("postgres")) as connection:
        for (statement,) in connection.execute(EVERY_TABLE).fetchall():
            connection.execute(statement)
        closing = threading.Timer(OPEN_SECONDS, connection.rollback)
        closing.start()
        yield
        closing.join()


@contextlib.contextmanager
def _reading(made: House, cast: dict, reads: list[tuple[float, float, int]]) -> Iterator[None]:
    stop = threading.Event()
    looks = [(cast["secrets"]["gp"][4], "/refer/"), (cast["secrets"]["lead"][0], "/triage/")]
    looks.append((cast["secrets"]["gp"][4], "/directory"))

    def look(secret: str, path: str) -> None:
        browser = browser_with(secret)
        while not stop.wait(0.05):
            began = time.monotonic()
            status = _status(browser, made.url + path)
            reads.append((began, time.monotonic() - began, status))

    threads = [threading.Thread(target=look, args=one) for one in looks]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def _with_path(made: House) -> dict[str, str]:
    return {**made.running[0].environment, "PYTHONPATH": ""}
