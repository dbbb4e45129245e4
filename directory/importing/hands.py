"""In whose name an import reads and writes: the operator's, or a council's."""

import contextlib
from collections.abc import Iterator
from typing import Protocol

import psycopg

from app.core.context import Asker
from app.core.db import say_who_asks

# A crash may lose the last batches, whole: the import run again brings them. Its end is waited for.
MAINTAIN = """
    set local role trellis_policy;
    set local trellis.listings_later = 'on';
    set local synchronous_commit = off"""
LASTING = "set local synchronous_commit = on"


class Hand(Protocol):
    """A connection, and who is at it."""

    connection: psycopg.Connection
    # Whether it has to make the search rows anew itself, once a batch.
    refreshes: bool

    def batch(self, *, undo: bool = False) -> contextlib.AbstractContextManager[None]:
        """One transaction, kept whole, or given up whole."""


class Operator:
    """The owner of the database in the maintenance role."""

    refreshes = True

    def __init__(self, connection: psycopg.Connection) -> None:
        # So that each batch is a transaction of its own.
        connection.autocommit = True
        self.connection = connection

    @contextlib.contextmanager
    def batch(self, *, undo: bool = False) -> Iterator[None]:
        """A transaction in the maintenance role."""
        with self.connection.transaction(force_rollback=undo):
            self.connection.execute(MAINTAIN)
            yield


class Council:
    """The application's own role, asking for a council: both walls stand."""

    refreshes = False

    def __init__(self, connection: psycopg.Connection, asker: Asker) -> None:
        connection.autocommit = True
        self.connection, self.asker = connection, asker

    @contextlib.contextmanager
    def batch(self, *, undo: bool = False) -> Iterator[None]:
        """A transaction with the signed statement of who asks."""
        with self.connection.transaction(force_rollback=undo):
            say_who_asks(self.connection.execute, self.asker)
            yield


class Within:
    """Inside the transaction of a page, whose statement of who asks stands already."""

    refreshes = False

    def __init__(self, connection: psycopg.Connection) -> None:
        self.connection = connection

    @contextlib.contextmanager
    def batch(self, *, undo: bool = False) -> Iterator[None]:  # noqa: ARG002 - the page decides
        """Nothing of its own: the page's transaction decides."""
        yield
