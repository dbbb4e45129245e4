"""Rotate people's data keys: seal all that is sealed of a person anew, in one transaction each."""

import os
import uuid
from dataclasses import dataclass

import sqlalchemy as sa

from app.core import clock
from app.core.keys import branch, stamp
from app.core.keys.derivation import KEY_BYTES
from app.core.keys.person_key import PersonKey
from app.core.keys.person_row import wrapped_row
from app.core.keys.stamp import Audited
from app.core.keys.tables import PERSON_KEYS
from app.core.rotation import audited, progress
from app.core.rotation.hold import held_key
from app.core.rotation.progress import Say
from app.core.rotation.rows import SealedRow, rows_of, sealed_tables
from app.core.rotation.walk import Walk
from app.core.sealing import blob
from app.core.sealing.digest import digest_of
from app.core.sealing.registry import SealedColumn

AUDIT = sa.table(
    "audit_event",
    *(sa.column(name) for name in ("at", "action", "subject_kind", "subject_id", "person_id")),
    sa.column("roles", sa.ARRAY(sa.Text)),
    sa.column("digest", sa.LargeBinary),
    sa.column("stamp", sa.LargeBinary),
)


def rotate_people(engine: sa.Engine, say: Say, batch: int = 10) -> set[uuid.UUID]:
    """The people left as they were, because something of theirs does not open."""
    with progress.alone(engine):
        with progress.short(engine) as connection:
            reached = progress.begin(connection, "person")
            reseal = Reseal(sealed_tables(connection))
        older = PERSON_KEYS.c.made_at < reached.started_at
        people = sa.select(PERSON_KEYS.c.person_id).where(older)
        walk = Walk(engine, "person", people, reseal, say, batch)
        left = walk.run(reached)
        with progress.short(engine) as connection:
            progress.finish(connection, "person")
    say(f"person: done; {len(left)} people left as they were")
    return left


@dataclass(frozen=True)
class Reseal:
    """Give one person a new data key, the next generation."""

    tables: dict[str, list[SealedColumn]]

    def __call__(self, connection: sa.Connection, person_id: uuid.UUID) -> None:
        """Raises Busy when somebody is writing, DoesNotOpen when a blob is not what was written."""
        old = held_key(connection, person_id)
        rows = list(rows_of(connection, person_id, self.tables))
        audited.require(connection, rows, old)
        new = PersonKey(person_id, old.generation + 1, os.urandom(KEY_BYTES))
        for row in rows:
            _seal_anew(connection, row, old, new)
        kept = wrapped_row(new, *branch.current(connection))
        mine = PERSON_KEYS.c.person_id == person_id
        connection.execute(sa.update(PERSON_KEYS).where(mine).values(kept))


def _seal_anew(connection: sa.Connection, row: SealedRow, old: PersonKey, new: PersonKey) -> None:
    blobs: dict[str, bytes | None] = {}
    for group, sealed in row.blobs.items():
        place = blob.Place(row.table.name, group, row.row_id)
        plain = None if sealed is None else blob.unseal(old, place, bytes(sealed))
        blobs[f"{group}_sealed"] = None if plain is None else blob.seal(new, place, plain)
    mine = row.table.c.id == row.row_id
    connection.execute(sa.update(row.table).where(mine).values(blobs))
    _audit(connection, row, new, digest_of(blobs.items()))


def _audit(connection: sa.Connection, row: SealedRow, key: PersonKey, digest: bytes) -> None:
    now, table = clock.now(), row.table.name
    event = {"at": now, "action": "sealed anew", "roles": [], "person_id": key.person_id}
    event |= {"subject_kind": table, "subject_id": row.row_id, "digest": digest}
    event["stamp"] = stamp.made(key, Audited(table, row.row_id, digest, now))
    connection.execute(sa.insert(AUDIT).values(event))
