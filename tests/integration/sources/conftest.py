"""A curator with a feed on this machine, which can say something else from one day to the next."""

import json
import threading
import uuid
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from app.core.db import transaction
from app.identity.actor import Role
from app.identity.models.agency import AgencyKind
from directory.sources.actions import reading
from directory.sources.actions import source as sources
from tests.integration.importing.conftest import reference

__all__ = ["reference"]


@pytest.fixture
def curator(member):
    """Somebody at the council who keeps the whole directory."""
    return member(Role.CURATOR, kind=AgencyKind.COUNCIL)


class Feed:
    """What a council publishes today."""

    def __init__(self) -> None:
        self.services: object = []
        self.meanwhile: Callable[[], object] = lambda: None
        self.port = 0

    @property
    def address(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.port}/services"


@pytest.fixture
def feed() -> Iterator[Feed]:
    """A feed that is served over http."""
    published = Feed()

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            published.meanwhile()
            body = json.dumps(published.services).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_words: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    published.port = server.server_port
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield published
    server.shutdown()
    server.server_close()


@pytest.fixture
def source(curator, feed):
    """The feed as a source, read every day once somebody says so."""
    with transaction(curator):
        return sources.add(curator, f"Feed {uuid.uuid4()}", feed.address, 24)


@pytest.fixture
def read(source):
    """Read it as the worker does, but from this machine."""

    def run(*, dry_run: bool = False) -> Exception | None:
        return reading.read(source.id, dry_run=dry_run, loopback=True)

    return run


@pytest.fixture
def word() -> str:
    """A word that no other service has."""
    return "w" + uuid.uuid4().hex
