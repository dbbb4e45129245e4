"""The sealed rows of one person: every table that has a sealed column, and no other."""

import uuid
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from app.core.errors import Conflict
from app.core.keys.tables import Executor
from app.core.sealing import registry
from app.core.sealing.registry import SealedColumn

IN_DATABASE = sa.text(
    "select relname, attname from pg_attribute join pg_class on pg_class.oid = attrelid"
    " where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace"
    " and attname like '%\\_sealed' and not attisdropped"
)


@dataclass(frozen=True)
class SealedRow:
    """One row: its table, id, and blobs by group."""

    table: sa.Table
    row_id: uuid.UUID
    blobs: dict[str, bytes | None]


def sealed_tables(executor: Executor) -> dict[str, list[SealedColumn]]:
    """The sealed columns that the database has, by table.

    Raises:
        Conflict: one of them is unknown to this release, so that a rotation would lose it.
    """
    known = {(one.table, one.column): one for one in registry.all_columns()}
    found = defaultdict(list)
    for table, column in executor.execute(IN_DATABASE):
        if (table, column) not in known:
            raise Conflict(f"{table}.{column} is sealed, but no model says how: nothing was done")
        found[table].append(known[table, column])
    return dict(found)


def rows_of(
    executor: Executor, person_id: uuid.UUID, tables: dict[str, list[SealedColumn]]
) -> Iterator[SealedRow]:
    """Every sealed row of one person."""
    for columns in tables.values():
        table: sa.Table = columns[0].owner.__table__  # type: ignore[attr-defined]
        blobs = [table.c[one.column].label(one.group) for one in columns]
        whose = table.c[columns[0].persons_column] == person_id
        for row in executor.execute(sa.select(table.c.id, *blobs).where(whose)).mappings():
            yield SealedRow(table, row["id"], {one.group: row[one.group] for one in columns})
