"""Starts the demonstration provider for a test, on a free port of this machine."""

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.demonstration.provider import clients
from app.demonstration.provider.people import DemonstrationPerson
from app.demonstration.provider.provider import DemonstrationProvider
from app.demonstration.provider.server import running

SECRET = "a-secret-for-tests-only-0123456789"
PRIYA = DemonstrationPerson(
    "priya", "Priya Shah", "Link worker, Riverside team", "priya@example.org"
)
GRAY = DemonstrationPerson("gray", "Dr Ann Gray", "GP, Harbour practice", "gray@example.org")


def free_port() -> int:
    """A port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def demonstration_provider(
    folder: Path,
    application: str = "http://localhost:8000",
    people: tuple[DemonstrationPerson, ...] = (PRIYA, GRAY),
    name: str = "default",
    port: int = 0,
) -> Iterator[DemonstrationProvider]:
    """A provider in a thread that knows Trellis at `application`."""
    os.environ["TRELLIS_DEMONSTRATION"] = "1"
    issuer = f"http://127.0.0.1:{port or free_port()}"
    client = clients.trellis(application, "trellis", SECRET, name)
    with running(DemonstrationProvider(issuer, [client], people, folder)) as provider:
        yield provider
