"""restore: back up, lose the server and its disk, and make the database again on another."""

import base64
import binascii
import os
import subprocess
import time
from pathlib import Path
from typing import Any

import psycopg

from app.core import context, postgres_tools, roles
from app.core import secrets as derived
from app.core.notary import sealing
from tests.conftest import INDEX_KEY, KEY, PASSWORDS, Database
from tests.drills import fingerprint
from tests.drills.cluster import Cluster
from tests.drills.house import (
    TRELLIS,
    House,
    cluster,
    database_on,
    house,
    point_at,
    prepared,
    temporary_folder,
)
from tests.drills.report import Report

ABOUT = "trellis backup, the server and its disk lost, trellis restore on a new one"
PEOPLE = 40
Parts = dict[str, Any]


def run(report: Report, seconds: float = PEOPLE) -> None:
    """Refer so many people, back up, refer some more, lose everything, restore, compare."""
    with temporary_folder() as folder:
        file = folder / "trellis.backup"
        with cluster(folder / "lost") as lost, house(folder, prepared(lost)) as made:
            referral_id = _fill(made, int(seconds))
            before = fingerprint.of(made.database.url("postgres"))
            began = time.monotonic()
            _backup(made, file)
            report.say("trellis backup", f"{time.monotonic() - began:.1f} s")
            report.say("size of the file", f"{file.stat().st_size / 1000:.0f} kB")
            _none_of_the_keys(report, made.database, file)
            time.sleep(1)
            made.stage.referred()
            report.say("recovery point: lost since the backup",
                       f"{time.monotonic() - began:.1f} s, 1 referral")  # fmt: skip
            lost.stop()
            with cluster(folder / "new") as new:
                _restore(report, made, new, file, before)
                _serve(report, made, referral_id)


def _fill(made: House, people: int) -> object:
    stage = made.stage
    for number in range(people):
        referral_id = stage.taken_on(family_name=f"Quorl{'abcdefghij'[number % 10]}")
    stage.sent_on(referral_id)
    sealing.seal(made.database.settings)
    return referral_id


def _backup(made: House, file: Path) -> None:
    told = _trellis(made, "backup", str(file))
    assert told.returncode == 0, told.stderr


def _restore(report: Report, made: House, new: Cluster, file: Path, before: Parts) -> None:
    admin = new.server().url("postgres")
    with psycopg.connect(admin, autocommit=True) as connection:
        roles.prepare(connection, PASSWORDS)
    made.database = database_on(new)
    began = time.monotonic()
    told = _trellis(made, "restore", str(file), "--admin-url", admin)
    assert told.returncode == 0, told.stderr
    report.say("recovery time: trellis restore", f"{time.monotonic() - began:.1f} s")
    after = fingerprint.of(made.database.url("postgres"))
    _compare(report, before, after)
    again = _trellis(made, "restore", str(file), "--admin-url", admin)
    report.same("restore into a database that is not empty",
                (again.returncode, "not empty" in again.stderr), (1, True))  # fmt: skip
    report.none(
        "parts it changed", _differing(after, fingerprint.of(made.database.url("postgres")))
    )


def _compare(report: Report, before: Parts, after: Parts) -> None:
    for name in fingerprint.RULES:
        report.same(f"{name}: differences", len(set(before[name]) ^ set(after[name])), 0)
    tables = [name for name in before if name.startswith("rows of ")]
    report.say("tables compared row by row, and rows",
               f"{len(tables)}, {sum(before[name][0] for name in tables)}")  # fmt: skip
    report.none("tables that differ", _differing(before, after))
    report.same("audit root: the newest signed checkpoint",
                after["audit root"] == before["audit root"] is not None, True)  # fmt: skip


def _differing(one: Parts, other: Parts) -> list[str]:
    return [name for name in {*one, *other} if one.get(name) != other.get(name)]


def _none_of_the_keys(report: Report, database: Database, file: Path) -> None:
    """Look for every key, in every way of writing it, in what the file unpacks to."""
    secret = base64.b64decode(KEY)
    inner, outer = context.padded_keys(derived.derive(secret, "context"))
    unpacked = postgres_tools.said(
        [str(postgres_tools.fitting("pg_restore", 15)), "-f-", str(file)]
    )
    found = []
    for key in (secret, base64.b64decode(INDEX_KEY), inner, outer):
        written = (binascii.hexlify(key), base64.b64encode(key))
        found += [one for one in written if one.decode() in unpacked]
    report.none("keys in the file", found)


def _serve(report: Report, made: House, referral_id: object) -> None:
    point_at(made.database)
    made.environment |= {
        "TRELLIS_DATABASE_URL": made.database.url(),
        "TRELLIS_OWNER_DATABASE_URL": made.database.url("trellis_owner"),
    }
    began = time.monotonic()
    made.serve()
    made.wait()
    report.say("web process ready after", f"{time.monotonic() - began:.1f} s")
    page = made.browser(made.stage.worker).get(f"{made.url}/caseload/{referral_id}", timeout=20)
    report.same("a sealed record opens on its page", "Quorl" in page.text, True)
    report.at_least("audit lines sealed since", sealing.seal(made.database.settings), 1)
    export = str(made.folder / "audit.gz")
    told = [
        _trellis(made, "audit", *words, export).returncode for words in (["export"], ["verify"])
    ]
    report.same("trellis audit export, verify", told, [0, 0])


def _trellis(made: House, *command: str) -> subprocess.CompletedProcess[str]:
    urls = {
        "TRELLIS_DATABASE_URL": made.database.url(),
        "TRELLIS_OWNER_DATABASE_URL": made.database.url("trellis_owner"),
        "TRELLIS_BACKUP_DATABASE_URL": made.database.url("trellis_backup"),
    }
    return subprocess.run(
        [*TRELLIS, *command],
        env={**os.environ, **made.environment, **urls},
        capture_output=True,
        text=True,
        check=False,
    )
