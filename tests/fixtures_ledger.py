"""The audit trail of one database, seen and changed by a superuser with triggers off."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg.rows import dict_row

from app.core import audit
from app.core.db import NOBODY, transaction
from app.core.ledger.note import Verifier
from app.core.notary import export, keeper, sealing
from tests.conftest import Database
from tests.own_server import own_server, pointed_at


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

    def export(self, path: Path) -> Path:
        """The whole trail in a file."""
        with psycopg.connect(self.database.url("trellis_owner")) as owner:
            export.write(owner, path, keeper.origin(self.database.settings))
        return path

    def verifiers(self) -> list[Verifier]:
        """Whose signatures are believed."""
        return [one.verifier for one in keeper.signers(self.database.settings)]

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


@pytest.fixture(scope="module")
def apart(tmp_path_factory, database):
    """A server of its own: nobody else's lines are there, nor transactions to wait for."""
    folder = tmp_path_factory.mktemp("ledger")
    with own_server(folder / "server") as made, pointed_at(made, database):
        yield made


@pytest.fixture
def trail(apart):
    """An empty trail, an unsealed tree."""
    made = Trail(apart)
    made.empty()
    yield made
    made.superuser.close()
