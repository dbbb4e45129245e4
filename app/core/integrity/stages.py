"""What is compared, a batch at a time: each sealed table, what was audited, everybody's keys."""

import uuid
from collections.abc import Callable
from functools import partial
from typing import Any

import sqlalchemy as sa

from app.core.db import session
from app.core.integrity import sealed
from app.core.integrity.problem import Batch, Problem
from app.core.keys.person_row import opened

TABLES = sa.text("select name from trellis.sealed_tables() order by name")
PRESENT = sa.text("select * from trellis.check_present(:after, :batch)")
KEYS = sa.text("select * from trellis.check_keys(:after, :batch)")


Stage = Callable[[uuid.UUID, int], Batch]


def stages() -> list[Stage]:
    """Every stage, always in the same order."""
    tables = session.scalars(TABLES).all()
    return [*(partial(sealed.look, table) for table in tables), _present, _keys]


def _present(after: uuid.UUID, batch: int) -> Batch:
    found = session.execute(PRESENT, {"after": after, "batch": batch}).one()
    problems = [
        Problem(
            one["kind"],
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
