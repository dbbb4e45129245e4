"""A real PostgreSQL for the tests: one server, one migrated template, one clone a process."""

import contextlib
import hashlib
import os
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa

from app.core import db, embedded_postgres, installation, keys, roles, secrets
from app.core.address import sqlalchemy_url
from app.core.keys import branch
from config.settings import Settings
from tests.fixtures_browser import (
    base_url,
    browse,
    browser_context_args,
    browser_type_launch_args,
    choosable,
    running,
)
from tests.fixtures_sign_in import application, member, owner, signed_in
from tests.not_shown import pytest_sessionfinish

__all__ = [
    "application",
    "base_url",
    "browse",
    "browser_context_args",
    "browser_type_launch_args",
    "choosable",
    "member",
    "owner",
    "pytest_sessionfinish",
    "running",
    "signed_in",
]

ROOT = Path(__file__).parents[1]
PASSWORDS = dict.fromkeys(roles.LOGIN_ROLES, "tests-only")
KEY = "dGVzdHMgb25seSB0ZXN0cyBvbmx5IHRlc3RzIG9ubHk="  # "tests only tests only tests only"
INDEX_KEY = "aW5kZXggdGVzdHMgb25seSBpbmRleCB0ZXN0cyBvbmw="
AUDIT_KEY = "YXVkaXQgdGVzdHMgb25seSBhdWRpdCB0ZXN0cyBvbmw="
TEMPLATE_LOCK = 42


@dataclass(frozen=True)
class Database:
    """One clone: libpq URLs by role, and the settings that use it."""

    server: embedded_postgres.Server
    name: str
    settings: Settings
    kept: dict[str, psycopg.Connection[Any]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def url(self, role: str = "trellis_app") -> str:
        """The libpq URL of this database for a login role (or `postgres`)."""
        password = None if role == "postgres" else PASSWORDS[role]
        return self.server.url(self.name, role, password)

    def owner(self) -> psycopg.Connection[Any]:
        """A connection as the owner, kept: signing in takes longer than what is asked of it."""
        kept = self.kept.get("owner")
        if kept is None or not _answers(kept):
            kept = psycopg.connect(self.url("trellis_owner"), autocommit=True)
            self.kept["owner"] = kept
        return kept

    def let_go(self) -> None:
        """Close what was kept."""
        for connection in self.kept.values():
            connection.close()


def _answers(connection: psycopg.Connection[Any]) -> bool:
    with contextlib.suppress(psycopg.OperationalError):
        return connection.execute("select true").fetchone() is not None
    connection.close()
    return False


@pytest.fixture(scope="session")
def server() -> embedded_postgres.Server:
    """The embedded server, made for speed rather than for keeping."""
    return embedded_postgres.start(ROOT / "var" / "test-postgres", embedded_postgres.FAST)


@pytest.fixture(scope="session")
def database(server: embedded_postgres.Server) -> Iterator[Database]:
    """A database of this process's own, cloned from the migrated template."""
    with cloned(server, f"test_{os.getpid()}") as made, prepared(made):
        yield made


@pytest.fixture(autouse=True)
def counted_afresh(request: pytest.FixtureRequest) -> None:
    """Whatever the tests before it sent, in this one nobody has sent anything too often."""
    if "database" in request.fixturenames:
        request.getfixturevalue("database").owner().execute("delete from rate_hit")


@pytest.fixture(scope="session")
def superuser(database: Database) -> Iterator[psycopg.Connection[Any]]:
    """Somebody whom no wall binds, to put things as they should not be."""
    with psycopg.connect(database.url("postgres"), autocommit=True) as connection:
        yield connection


@contextlib.contextmanager
def cloned(server: embedded_postgres.Server, name: str) -> Iterator[Database]:
    """A clone of the migrated template, dropped at the end."""
    with psycopg.connect(server.url("postgres"), autocommit=True) as admin:
        admin.execute("select pg_advisory_lock(%s)", [TEMPLATE_LOCK])
        template = _template(server, admin)
        admin.execute(f"create database {name} template {template} strategy file_copy")
        admin.execute(f"revoke all on database {name} from public")
        admin.execute(
            f"grant connect on database {name} to trellis_app, trellis_report, trellis_owner"
        )
        admin.execute("select pg_advisory_unlock(%s)", [TEMPLATE_LOCK])
        settings = settings_for(server.url(name, "trellis_app", PASSWORDS["trellis_app"]))
        made = Database(server, name, settings)
        yield made
        made.let_go()
        admin.execute(f"drop database {name} with (force)")


def settings_for(url: str, **changes: str) -> Settings:
    """Settings as a deployer would give them, with keys that are for tests only."""
    owner = url.replace("trellis_app:", "trellis_owner:", 1)
    return Settings.load(
        {
            "TRELLIS_DATABASE_URL": url,
            "TRELLIS_OWNER_DATABASE_URL": owner,
            "TRELLIS_SECRET_KEY": KEY,
            "TRELLIS_ROOT_KEY": KEY,
            "TRELLIS_INDEX_KEY": INDEX_KEY,
            "TRELLIS_AUDIT_KEY": AUDIT_KEY,
            "TRELLIS_DEMONSTRATION": "1",
            **changes,
        }
    )


@pytest.fixture(scope="session")
def settings_maker() -> Callable[..., Settings]:
    """`settings_for`, for modules that this one imports."""
    return settings_for


_in_use: list[Database] = []


@contextlib.contextmanager
def prepared(made: Database) -> Iterator[None]:
    """Point the application's sessions at this database, with its keys made, for a while."""
    _in_use.append(made)
    _point_at(made)
    owner = sa.create_engine(sqlalchemy_url(made.url("trellis_owner")), poolclass=sa.NullPool)
    keys.first_use(owner)
    yield
    db.engine().dispose()
    _in_use.remove(made)
    if _in_use:
        _point_at(_in_use[-1])


def _point_at(made: Database) -> None:
    context_key = secrets.derive(made.settings.secret_key, "context")
    db.configure(sqlalchemy_url(made.url()), context_key)
    keys.configure(made.settings)
    branch.forget()


def _template(server: embedded_postgres.Server, admin: psycopg.Connection) -> str:
    """The name of the migrated template for the migrations as they are now."""
    digest = hashlib.sha256()
    for path in sorted((ROOT / "migrations").rglob("*")):
        if path.suffix in {".py", ".sql"}:
            digest.update(path.read_bytes())
    name = f"template_{digest.hexdigest()[:16]}"
    if not admin.execute("select 1 from pg_database where datname = %s", [name]).fetchone():
        making = f"making_{uuid.uuid4().hex[:8]}"
        roles.prepare(admin, PASSWORDS, making)
        owner = server.url(making, "trellis_owner", PASSWORDS["trellis_owner"])
        key = secrets.derive(settings_for(owner).secret_key, "context")
        installation.migrate(owner, key)
        admin.execute(f"alter database {making} rename to {name}")
    return name
