"""A row of `person_key`: one data key, wrapped by a branch key for one person and generation."""

import uuid
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from app.core import clock
from app.core.keys import branch
from app.core.keys.derivation import commitment, encoded
from app.core.keys.person_key import PersonKey
from app.core.keys.tables import Executor
from app.core.keys.wrapping import DoesNotOpen, check_commitment, unwrap, wrap

Opened = dict[uuid.UUID, PersonKey | None]  # None: it does not open


def wrapped_row(key: PersonKey, branch_id: uuid.UUID, branch_key: bytes) -> dict[str, Any]:
    """The row of `person_key` that keeps `key` under a branch key."""
    bound = about(key.person_id, branch_id, key.generation)
    return {
        "person_id": key.person_id,
        "branch_key_id": branch_id,
        "wrapped": wrap(branch_key, key.key, bound),
        "commitment": commitment(key.key, about(key.person_id)),
        "generation": key.generation,
        "made_at": clock.now(),
    }


def about(person_id: uuid.UUID, *more: uuid.UUID | int) -> bytes:
    """What a wrapped data key is bound to: no two people's can be exchanged."""
    numbers = (one.bytes if isinstance(one, uuid.UUID) else one.to_bytes(4) for one in more)
    return encoded(b"trellis person key", person_id.bytes, *numbers)


def opened(executor: Executor, rows: Iterable[sa.Row[Any]]) -> Opened:
    """The data keys in rows of `person_key`; None for one that does not open."""
    rows = list(rows)
    branches = branch.load(executor, {row.branch_key_id for row in rows})
    return {row.person_id: _opened(row, branches.get(row.branch_key_id)) for row in rows}


def _opened(row: sa.Row[Any], branch_key: bytes | None) -> PersonKey | None:
    if branch_key is None:
        return None
    try:
        bound = about(row.person_id, row.branch_key_id, row.generation)
        key = unwrap(branch_key, bytes(row.wrapped), bound)
        check_commitment(key, bytes(row.commitment), about(row.person_id))
    except DoesNotOpen:
        return None
    return PersonKey(row.person_id, row.generation, key)
