"""What is compared, a batch at a time: each sealed table, what was audited, everybody's keys."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from app.core.db import session
from app.core.keys.person_row import opened

TABLES = sa.text("select name from trellis.sealed_tables() order by name")
SEALED = sa.text("select * from trellis.check_sealed(:table, :after, :batch)")
PRESENT = sa.text("select * from trellis.check_present(:after, :batch)")
KEYS = sa.text("select * from trellis.check_keys(:after, :batch)")


@dataclass(frozen=True)
class Problem:
    """One row that is not what was written, or cannot be read."""

    table: str
    row_id: uuid.UUID
    person_id: uuid.UUID | None
    words: str


@dataclass(frozen=True)
class Batch:
    """What one look at some rows found; `last_id` is None when there were none."""

    last_id: uuid.UUID | None
    checked: int = 0
    unaudited: int = 0
    problems: list[Problem] = field(default_factory=list)


Stage = Callable[[uuid.UUID, int], Batch]


def stages() -> list[Stage]:
    """Every stage, always in the same order."""
    tables = session.scalars(TABLES).all()
    return [*(_sealed(table) for table in tables), _present, _keys]


def _sealed(table: str) -> Stage:
    def look(after: uuid.UUID, batch: int) -> Batch:
        found = session.execute(SEALED, {"table": table, "after": after, "batch": batch}).one()
        return _batch(found, table)

    return look


def _present(after: uuid.UUID, batch: int) -> Batch:
    return _batch(session.execute(PRESENT, {"after": after, "batch": batch}).one(), "")


def _batch(found: Any, table: str) -> Batch:
    problems = [
        Problem(
            one.get("kind", table),
            uuid.UUID(one["id"]),
            uuid.UUID(one["person_id"]) if one["person_id"] else None,
            one["problem"],
        )
        for one in found.failed
    ]
    return Batch(found.last_id, found.checked, found.unaudited, problems)


def _keys(after: uuid.UUID, batch: int) -> Batch:
    """Two people's keys exchanged do not open: each is bound to its person."""
    rows = session.execute(KEYS, {"after": after, "batch": batch}).all()
    keys = opened(session, [row for row in rows if row.wrapped is not None])
    told = {row.person_id: _key_problem(row, keys.get(row.person_id)) for row in rows}
    problems = [Problem("person_key", who, who, words) for who, words in told.items() if words]
    return Batch(rows[-1].person_id if rows else None, len(rows), 0, problems)


def _key_problem(row: Any, key: Any) -> str:
    if row.wrapped is None:
        return "the key is missing"
    if key is None:
        return "the key does not open"
    known = row.sealed_generation in (None, key.generation)
    return "" if known else "the key is an old one"
