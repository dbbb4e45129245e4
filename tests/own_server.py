"""A PostgreSQL of a test's own, which it may search, stop and start, with Trellis on it."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import psycopg

from app.core import db, embedded_postgres, installation, keys, roles, secrets
from tests.conftest import (
    AUDIT_KEY,
    INDEX_KEY,
    KEY,
    PASSWORDS,
    Database,
    settings_for,
    sqlalchemy_url,
)

TRELLIS = Path(sys.executable).parent / "trellis"
SETTINGS = {
    "TRELLIS_SECRET_KEY": KEY,
    "TRELLIS_ROOT_KEY": KEY,
    "TRELLIS_INDEX_KEY": INDEX_KEY,
    "TRELLIS_AUDIT_KEY": AUDIT_KEY,
    "TRELLIS_DEMONSTRATION": "1",
}


@contextlib.contextmanager
def own_server(folder: Path, options: Mapping[str, str] | None = None) -> Iterator[Database]:
    """A new server in `folder` with a migrated database; forgotten at the end."""
    server = embedded_postgres.start(folder, dict(options or {}))
    try:
        with psycopg.connect(server.url("postgres"), autocommit=True) as admin:
            roles.prepare(admin, PASSWORDS)
        url = server.url(roles.DATABASE, "trellis_app", PASSWORDS["trellis_app"])
        settings = settings_for(url)
        installation.prepare(settings)
        made = Database(server, roles.DATABASE, settings)
        yield made
        made.let_go()
    finally:
        embedded_postgres.forget(folder)


@contextlib.contextmanager
def pointed_at(made: Database, afterwards: Database) -> Iterator[None]:
    """Let this process's sessions use `made`, and `afterwards` again at the end."""
    _point(made)
    try:
        yield
    finally:
        db.engine().dispose()
        _point(afterwards)


def _point(database: Database) -> None:
    context_key = secrets.derive(database.settings.secret_key, "context")
    db.configure(sqlalchemy_url(database.url()), context_key)
    keys.configure(database.settings)


def environment(database: Database) -> dict[str, str]:
    """What an operator's shell has set, for this database."""
    urls = {
        "TRELLIS_DATABASE_URL": database.url(),
        "TRELLIS_OWNER_DATABASE_URL": database.url("trellis_owner"),
    }
    return {**os.environ, **SETTINGS, **urls}


@contextlib.contextmanager
def trellis(
    database: Database, *command: str, log: Path, **settings: str
) -> Iterator[subprocess.Popen[bytes]]:
    """`trellis worker` or `trellis web …` as a process; told to stop at the end."""
    surroundings = {**environment(database), **settings}
    with log.open("ab") as output:
        process = subprocess.Popen(
            [str(TRELLIS), *command], env=surroundings, stdout=output, stderr=output
        )
        try:
            yield process
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def until(true: Callable[[], bool], seconds: float = 60) -> None:
    """Wait for something to become true."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, f"still not so after {seconds} seconds"
        time.sleep(0.1)
