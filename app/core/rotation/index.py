"""Rotate the index key: make every person's digests anew from their sealed record."""

import uuid
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from app.core.blind_index.digests import Terms
from app.core.blind_index.stored import put
from app.core.keys import canary
from app.core.keys.person_key import PersonKey
from app.core.keys.ring import ring
from app.core.keys.tables import PERSON_INDEX
from app.core.keys.wrapping import DoesNotOpen
from app.core.rotation import progress
from app.core.rotation.hold import held_key
from app.core.rotation.progress import Say
from app.core.rotation.rows import rows_of, sealed_tables
from app.core.rotation.walk import Walk
from app.core.sealing import blob, codec
from app.core.sealing.registry import SealedColumn


def rotate_index(
    engine: sa.Engine, say: Say, batch: int = 10, *, renew: bool = False
) -> set[uuid.UUID]:
    """The people left under the old key, because their record does not open."""
    with progress.alone(engine, "index" if renew else ""):
        with progress.short(engine) as connection:
            reached = progress.begin(connection, "index")
            reindex = Reindex(_indexed(sealed_tables(connection)))
        older = PERSON_INDEX.c.key_name != ring().index.newest()[0]
        people = sa.select(PERSON_INDEX.c.person_id).distinct().where(older)
        walk = Walk(engine, "index", people, reindex, say, batch)
        left = walk.run(reached)
        with progress.short(engine) as connection:
            canary.put_index(connection)
            progress.finish(connection, "index")
    say(f"index: done; {len(left)} people left as they were")
    return left


@dataclass(frozen=True)
class Reindex:
    """Make one person's digests anew."""

    tables: dict[str, list[SealedColumn]]

    def __call__(self, connection: sa.Connection, person_id: uuid.UUID) -> None:
        """Raises Busy when somebody is writing, DoesNotOpen when the record is damaged."""
        key = held_key(connection, person_id)
        columns = {(one.table, one.group): one for many in self.tables.values() for one in many}
        found = [
            _terms(columns[row.table.name, group], key, row.row_id, bytes(sealed))
            for row in rows_of(connection, person_id, self.tables)
            for group, sealed in row.blobs.items()
            if sealed is not None
        ]
        if len(found) != 1:
            raise DoesNotOpen  # no record says what this person can be found by
        put(connection, person_id, found[0])


def _terms(column: SealedColumn, key: PersonKey, row_id: uuid.UUID, sealed: bytes) -> Terms:
    place = blob.Place(column.table, column.group, row_id)
    value: Any = codec.from_json(blob.unseal(key, place, sealed), column.kind)
    terms: Terms = column.indexed(value)  # type: ignore[misc]
    return terms


def _indexed(tables: dict[str, list[SealedColumn]]) -> dict[str, list[SealedColumn]]:
    """Only the groups that say what a person can be found by."""
    named = {table: [one for one in many if one.indexed] for table, many in tables.items()}
    return {table: many for table, many in named.items() if many}
