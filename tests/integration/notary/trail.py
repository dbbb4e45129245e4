"""The audit trail of one database, seen and changed by a superuser with triggers off."""

import contextlib
from collections.abc import Iterator
from typing import Any

import psycopg
from psycopg.rows import dict_row

from app.core import audit
from app.core.db import NOBODY, transaction
from app.core.notary import sealing
from tests.conftest import Database


class Trail:
    """`write` as the application does; `tamper` as nobody should."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.superuser = psycopg.connect(
            database.url("postgres"), autocommit=True, row_factory=dict_row
        )

    def empty(self) -> None:
        """Begin anew."""
        self.tamper("truncate audit_event, audit_leaf, audit_checkpoint, audit_witness")
        self.tamper("update audit_cursor set written_in = '0', event_id = 0, restored_to = 0")

    def write(self, *actions: str) -> None:
        """One transaction with a line for each."""
        with transaction(NOBODY):
            for action in actions:
                audit.record(NOBODY, action)

    def seal(self, batch: int = 5000) -> int:
        return sealing.seal(self.database.settings, batch)

    def tamper(self, statement: str, *values: Any) -> None:
        """Change something with every trigger off."""
        self.superuser.execute("set session_replication_role = replica")
        self.superuser.execute(statement, values)
        self.superuser.execute("set session_replication_role = origin")

    def ask(self, statement: str, *values: Any) -> list[dict[str, Any]]:
        return self.superuser.execute(statement, values).fetchall()

    def sealed(self) -> list[str]:
        """The actions in the order of the tree."""
        rows = self.ask(
            "select action from audit_leaf join audit_event on id = event_id order by position"
        )
        return [row["action"] for row in rows]

    @contextlib.contextmanager
    def slow_writer(self, action: str) -> Iterator[psycopg.Connection]:
        """A transaction of another back end that has written a line and not ended yet."""
        with psycopg.connect(self.database.url("postgres")) as slow:
            slow.execute(
                "insert into audit_event (at, roles, action) values (now(), '{}', %s)", [action]
            )
            yield slow
