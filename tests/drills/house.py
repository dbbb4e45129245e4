"""Trellis as it is deployed, for a drill: web and worker processes, mail, and people in it."""

import contextlib
import secrets
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from pathlib import Path

import psycopg
import requests

from app.core import db, installation, keys, roles
from app.core import secrets as derived
from app.core.address import sqlalchemy_url
from app.core.db import NOBODY, transaction
from app.core.keys import branch
from app.identity.actions import web_session
from app.identity.actor import Actor
from tests.conftest import PASSWORDS, Database, settings_for
from tests.drills.cluster import Cluster
from tests.drills.supervised import Supervised, gunicorn
from tests.integration.mail.server import Post, post_office
from tests.own_server import SETTINGS, until
from tests.providers.provider import free_port
from tests.stage import Stage

TRELLIS = [sys.executable, "-m", "app.cli"]
APPLICATION = "app.factory:create_app()"
HOURS = timedelta(hours=12)


@dataclass(frozen=True)
class ManyHosts(Database):
    """A database that may be on any of several servers."""

    hosts: tuple[str, ...] = ()

    def url(self, role: str = "trellis_app") -> str:
        """The libpq URL with every host; the one that can be written to is found by trying."""
        if role == "postgres":
            return super().url(role)
        where = ",".join(self.hosts)
        ending = f"{self.name}?target_session_attrs=read-write"
        return f"postgresql://{role}:{PASSWORDS[role]}@{where}/{ending}"


@dataclass
class House:
    """Everything that runs, and where."""

    folder: Path
    database: Database
    post: Post
    environment: dict[str, str]
    port: int = field(default_factory=free_port)
    running: list[Supervised] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Where the web process answers."""
        return f"http://127.0.0.1:{self.port}"

    @cached_property
    def stage(self) -> Stage:
        """Everybody in it, made when first asked for."""
        return Stage(self.database)

    def serve(
        self, application: str = APPLICATION, log: Path | None = None, **more: str
    ) -> Supervised:
        """Start a web process."""
        command = gunicorn(self.port, 2, application)
        return self.start("web", command, log=log, TRELLIS_PUBLIC_URL=self.url, **more)

    def work(self, log: Path | None = None, **more: str) -> Supervised:
        """Start a job worker."""
        return self.start("worker", [*TRELLIS, "worker"], log=log, **more)

    def post_count(self) -> int:
        """How many messages have arrived."""
        return len(self.post.envelopes)

    def start(
        self,
        name: str,
        command: list[str],
        folder: Path | None = None,
        log: Path | None = None,
        **more: str,
    ) -> Supervised:
        """Start a process of Trellis, which is started again when it dies."""
        log = log or self.folder / f"{name}.log"
        made = Supervised(name, command, self.environment | more, log, folder=folder)
        self.running.append(made)
        return made

    def browser(self, actor: Actor) -> requests.Session:
        """A browser, in which the actor has signed in."""
        secret = secrets.token_urlsafe(32)
        with transaction(NOBODY):
            who = web_session.SignedIn(actor.user_id, actor.agency_id, "default")
            web_session.start(secret, HOURS, {}, who)
        return browser_with(secret)

    def stop(self) -> None:
        """Stop every process, the newest first."""
        while self.running:
            self.running.pop().stop()

    def ready(self, address: str = "/health/ready") -> bool:
        """Whether the web process says that it can serve."""
        try:
            return requests.get(self.url + address, timeout=10).status_code == 200
        except requests.RequestException:
            return False

    def wait(self, seconds: float = 60) -> None:
        """Wait until it can."""
        until(self.ready, seconds)

    def ask(self, statement: str, *values: object) -> list[tuple[object, ...]]:
        """Look into the database, over every wall."""
        with psycopg.connect(self.database.url("postgres")) as superuser:
            return superuser.execute(statement, values).fetchall()

    def count(self, statement: str, *values: object) -> int:
        """One figure out of the database."""
        return int(str(self.ask(statement, *values)[0][0]))

    def do(self, statement: str) -> None:
        """Change something as an operator would."""
        with psycopg.connect(self.database.url("postgres")) as superuser:
            superuser.execute(statement)


def browser_with(secret: str) -> requests.Session:
    """A browser that holds this cookie."""
    made = requests.Session()
    made.cookies.set("trellis", secret)
    return made


@contextlib.contextmanager
def temporary_folder() -> Iterator[Path]:
    """A folder that the unprivileged account of PostgreSQL can reach; gone at the end."""
    folder = Path(tempfile.mkdtemp(prefix="trellis-drill-", dir="/var/tmp"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def cluster(folder: Path, **options: str) -> Iterator[Cluster]:
    """A new, running server; stopped at the end."""
    made = Cluster(folder)
    made.create()
    try:
        made.start(**options)
        yield made
    finally:
        made.stop()


def prepared(made: Cluster, hosts: tuple[str, ...] = ()) -> Database:
    """The roles, the database and the keys of Trellis on a new server."""
    server = made.server()
    with psycopg.connect(server.url("postgres"), autocommit=True) as admin:
        roles.prepare(admin, PASSWORDS)
    known = database_on(made, hosts)
    installation.prepare(known.settings)
    return known


def database_on(made: Cluster, hosts: tuple[str, ...] = ()) -> Database:
    """The database as the tests know one."""
    server = made.server()
    plain = settings_for(server.url(roles.DATABASE, "trellis_app", PASSWORDS["trellis_app"]))
    if not hosts:
        return Database(server, roles.DATABASE, plain)
    many = ManyHosts(server, roles.DATABASE, plain, hosts)
    return ManyHosts(server, roles.DATABASE, settings_for(many.url()), hosts)


def point_at(database: Database) -> None:
    """Let the sessions of this process use the database."""
    context_key = derived.derive(database.settings.secret_key, "context")
    db.configure(sqlalchemy_url(database.url()), context_key)
    keys.configure(database.settings)
    branch.forget()


@contextlib.contextmanager
def house(
    folder: Path, database: Database, more: Mapping[str, str] | None = None
) -> Iterator[House]:
    """A house in which nothing runs yet but the post; all of it stops at the end."""
    point_at(database)
    with post_office(free_port()) as post:
        environment = {
            **SETTINGS,
            "TRELLIS_DATABASE_URL": database.url(),
            "TRELLIS_OWNER_DATABASE_URL": database.url("trellis_owner"),
            "TRELLIS_SMTP_URL": post.url,
            "TRELLIS_LOG_LEVEL": "WARNING",
            **(more or {}),
        }
        made = House(folder, database, post, environment)
        try:
            yield made
        finally:
            made.stop()
            db.engine().dispose()
