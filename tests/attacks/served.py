"""Trellis as it is deployed: gunicorn with real sockets, on a PostgreSQL of its own."""

import contextlib
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import requests

from app.core.db import NOBODY, transaction
from app.identity.actions import web_session
from app.identity.actor import Actor
from tests.conftest import Database
from tests.own_server import own_server, pointed_at, trellis, until
from tests.providers.provider import free_port
from tests.stage import Stage


@dataclass
class Served:
    """Where it answers, what it runs on, and everybody in it."""

    url: str
    database: Database
    folder: Path
    stage: Stage

    def browser(self, actor: Actor | None = None) -> requests.Session:
        """A browser, in which the actor has signed in."""
        made = requests.Session()
        if actor:
            secret = secrets.token_urlsafe(32)
            who = web_session.SignedIn(actor.user_id, actor.agency_id, "default")
            with transaction(NOBODY):
                web_session.start(secret, timedelta(hours=1), {}, who)
            made.cookies.set("trellis", secret)
        return made

    def status(self, address: str) -> int:
        """The status of a page for somebody unknown; 0 when nobody answers."""
        try:
            return requests.get(self.url + address, timeout=20, allow_redirects=False).status_code
        except requests.ConnectionError:
            return 0


@contextlib.contextmanager
def served(folder: Path, database: Database) -> Iterator[Served]:
    """Started, ready, and stopped at the end; sessions of this process use it meanwhile."""
    port = free_port()
    with own_server(folder / "server") as made, pointed_at(made, database):
        here = Served(f"http://127.0.0.1:{port}", made, folder, Stage(made))
        command = ("web", "--port", str(port), "--workers", "2")
        with trellis(made, *command, log=folder / "web.log", TRELLIS_PUBLIC_URL=here.url):
            until(lambda: here.status("/health/ready") == 200)
            yield here
