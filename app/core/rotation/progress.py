"""How a rotation goes: one at a time, in short transactions, on from where it was broken off."""

import contextlib
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import psycopg
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from app.core import clock
from app.core.errors import Conflict
from app.core.keys.canary import check_canary
from app.core.keys.first_use import maintenance
from app.core.keys.tables import KEY_ROTATIONS
from app.core.rotation import renewal

Say = Callable[[str], None]
PATIENCE = 100  # of 200 ms each
LOCK = sa.text("select pg_try_advisory_lock(hashtextextended('key rotation', 0))")
UNLOCK = sa.text("select pg_advisory_unlock(hashtextextended('key rotation', 0))")


@dataclass(frozen=True)
class Progress:
    """How far a rotation has come; people are taken in the order of their ids."""

    kind: str
    started_at: datetime
    last_person_id: uuid.UUID | None = None
    done: int = 0
    fresh: bool = False


@contextlib.contextmanager
def alone(engine: sa.Engine, renewing: str = "") -> Iterator[None]:
    """Keep any other rotation out, and wrong keys; then make the new key of that kind.

    Raises:
        Conflict: another rotation is going on, or the new key is the operator's to make.
        WrongKey: new keys would be wrapped by a root key that is not this database's.
    """
    with engine.connect() as connection:
        if not connection.scalar(LOCK):
            raise Conflict("Another rotation of keys is going on")
        connection.commit()  # the lock is the connection's, not the transaction's
        try:
            with maintenance(engine) as checking:
                check_canary(checking)
                if renewing:
                    renewal.renew(checking, renewing)
            yield
        finally:
            connection.execute(UNLOCK)


@contextlib.contextmanager
def short(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A transaction that would rather give way to a user than wait for one."""
    with maintenance(engine) as connection:
        connection.execute(sa.text("set local lock_timeout = '200ms'"))
        yield connection


def patiently(engine: sa.Engine, do: Callable[[sa.Connection], Any]) -> None:
    """Do it in a short transaction, again and again while somebody else holds the rows.

    Raises:
        Conflict: they held them for longer than any request may last.
    """
    for _ in range(PATIENCE):
        try:
            with short(engine) as connection:
                do(connection)
            return
        except sa.exc.OperationalError as error:
            if not isinstance(error.orig, psycopg.errors.LockNotAvailable):
                raise
    raise Conflict("Somebody keeps the keys locked. Try again: it goes on where it was.")


def begin(connection: sa.Connection, kind: str) -> Progress:
    """Go on with the unfinished rotation of this kind, or start one."""
    mine = KEY_ROTATIONS.c.kind == kind
    row = connection.execute(sa.select(KEY_ROTATIONS).where(mine)).one_or_none()
    if row is not None and row.finished_at is None:
        return Progress(kind, row.started_at, row.last_person_id, row.done)
    now = clock.now()
    blank = {"started_at": now, "finished_at": None, "last_person_id": None, "done": 0}
    start = insert(KEY_ROTATIONS).values(kind=kind, **blank)
    connection.execute(start.on_conflict_do_update(index_elements=["kind"], set_=blank))
    return Progress(kind, now, fresh=True)


def note(connection: sa.Connection, kind: str, last: uuid.UUID | None, more: int) -> None:
    """Remember how far it came, with the batch that brought it there."""
    change = {"last_person_id": last, "done": KEY_ROTATIONS.c.done + more}
    connection.execute(sa.update(KEY_ROTATIONS).where(KEY_ROTATIONS.c.kind == kind).values(change))


def finish(connection: sa.Connection, kind: str) -> None:
    """The rotation has come to its end."""
    done = sa.update(KEY_ROTATIONS).where(KEY_ROTATIONS.c.kind == kind)
    connection.execute(done.values(finished_at=clock.now()))
