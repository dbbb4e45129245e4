"""Says in a header of each answer how long it waited for the database, and how often it asked.

Only the bench puts it on. Everything that goes through psycopg counts: the signed context and
the pool's ping as well as what the page asks for, and the commit's time.
"""

import threading
import time
from collections.abc import Callable, Iterable
from typing import Any

import psycopg

_asked = threading.local()


def install() -> None:
    """Time every statement and every commit of this process."""
    for owner, name, counts in (
        (psycopg.Cursor, "execute", 1),
        (psycopg.Cursor, "executemany", 1),
        (psycopg.Connection, "commit", 0),
        (psycopg.Connection, "rollback", 0),
    ):
        setattr(owner, name, _timed(getattr(owner, name), counts))


def _timed(method: Callable[..., Any], counts: int) -> Callable[..., Any]:
    def timed(*arguments: Any, **named: Any) -> Any:
        began = time.perf_counter()
        try:
            return method(*arguments, **named)
        finally:
            _asked.seconds = getattr(_asked, "seconds", 0.0) + time.perf_counter() - began
            _asked.queries = getattr(_asked, "queries", 0) + counts

    return timed


class Stopwatch:
    """A WSGI application that adds `Server-Timing` to the answers of another."""

    def __init__(self, application: Callable[..., Iterable[bytes]]) -> None:
        self.application = application

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        """Answer one request."""
        _asked.seconds, _asked.queries = 0.0, 0

        def start_response(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            told = f"db;dur={_asked.seconds * 1000:.2f}, queries;dur={_asked.queries}"
            return start(status, [*headers, ("Server-Timing", told)], *more)

        return self.application(environ, start_response)
