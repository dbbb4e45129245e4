"""Where the bench keeps its databases: a server of its own that writes to disk as in earnest."""

import base64
import contextlib
import hashlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg

from app.core import embedded_postgres, installation, roles
from app.core.embedded_postgres import Server
from config.settings import Settings
from tests.bench.load import run

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "var" / "bench-postgres"
# fsync, synchronous_commit and full_page_writes stay on, and nothing about planning is changed.
OPTIONS = {"shared_buffers": "512MB", "max_wal_size": "4GB", "checkpoint_timeout": "15min"}
PASSWORDS = dict.fromkeys(roles.LOGIN_ROLES, "bench-only")
SECRET = "bench-only-client-secret"
Say = Callable[[str], None]


@contextlib.contextmanager
def serving() -> Iterator[Server]:
    """Start the server, and stop it afterwards unless it ran before; its databases stay."""
    ran = (FOLDER / "data" / "postmaster.pid").exists()
    server = embedded_postgres.start(FOLDER, OPTIONS)
    try:
        yield server
    finally:
        if not ran:
            embedded_postgres.stop(FOLDER)


def settings(server: Server, name: str, **more: str) -> Settings:
    """The settings of Trellis on one of the databases."""
    return Settings.load(environment(server, name, **more))


def environment(server: Server, name: str, **more: str) -> dict[str, str]:
    """The same as environment variables, with keys that are for the bench only."""
    return {
        "TRELLIS_DATABASE_URL": server.url(name, "trellis_app", PASSWORDS["trellis_app"]),
        "TRELLIS_OWNER_DATABASE_URL": server.url(name, "trellis_owner", PASSWORDS["trellis_owner"]),
        "TRELLIS_SECRET_KEY": _key("secret"),
        "TRELLIS_ROOT_KEY": _key("root"),
        "TRELLIS_INDEX_KEY": _key("index"),
        "TRELLIS_AUDIT_KEY": _key("audit"),
        "TRELLIS_DEMONSTRATION": "1",
        "TRELLIS_LOG_LEVEL": "WARNING",
        "TRELLIS_LIMIT_SEARCHES": "1000000",  # everybody comes from this machine
        **more,
    }


def loaded(server: Server, size: int, say: Say) -> str:
    """The name of a database with so many referrals, loaded now if it is not there."""
    name = f"bench_{size}_{_digest()}"
    with psycopg.connect(server.url("postgres"), autocommit=True) as admin:
        admin.execute("select pg_advisory_lock(%s)", [size])
        if not _known(admin, name):
            _load(server, admin, size, name, say)
        for old in set(_loaded(admin, size)) - {name}:
            admin.execute(f"drop database {old} with (force)")
    return name


def _load(server: Server, admin: psycopg.Connection, size: int, name: str, say: Say) -> None:
    making = f"making_{size}"
    admin.execute(f"drop database if exists {making} with (force)")
    roles.prepare(admin, PASSWORDS, making)
    target = run.Target(server.url(making), settings(server, making))
    installation.prepare(target.settings)
    run.fill(target, size, processes=os.cpu_count() or 1, say=say)
    admin.execute(f"alter database {making} rename to {name}")


def newest(server: Server, size: int) -> str:
    """The name of a loaded database of this size, though the migrations may have gone on."""
    with psycopg.connect(server.url("postgres"), autocommit=True) as admin:
        return _loaded(admin, size)[0]


@contextlib.contextmanager
def copied(server: Server, name: str) -> Iterator[str]:
    """A copy to measure on: what a run writes does not stay for the next one."""
    copy = f"run_{name}"
    with psycopg.connect(server.url("postgres"), autocommit=True) as admin:
        admin.execute(f"drop database if exists {copy} with (force)")
        admin.execute(f"create database {copy} template {name} strategy file_copy")
        admin.execute(f"grant connect on database {copy} to trellis_app, trellis_owner")
        try:
            yield copy
        finally:
            admin.execute(f"drop database {copy} with (force)")


def _key(purpose: str) -> str:
    return base64.b64encode(hashlib.sha256(f"bench only {purpose}".encode()).digest()).decode()


def _digest() -> str:
    """What the loaded databases depend on: the migrations and the loader."""
    digest = hashlib.sha256()
    for folder in (ROOT / "migrations", Path(run.__file__).parent):
        for path in sorted(folder.rglob("*")):
            if path.suffix in {".py", ".sql"}:
                digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _known(admin: psycopg.Connection, name: str) -> bool:
    found = admin.execute("select 1 from pg_database where datname = %s", [name])
    return found.fetchone() is not None


def _loaded(admin: psycopg.Connection, size: int) -> list[str]:
    like = f"bench\\_{size}\\_%"
    rows = admin.execute("select datname from pg_database where datname like %s", [like])
    return [row[0] for row in rows]
