"""Branch keys: few, each wrapped by the root key, kept in memory for a set time.

The time bounds how long a process goes on when the key store is out of reach, and how long
it goes on after it was told not to.
"""

import os
import time
import uuid
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from app.core import clock
from app.core.errors import Unavailable
from app.core.keys.canary import require_right_keys
from app.core.keys.derivation import KEY_BYTES, commitment, encoded
from app.core.keys.ring import ring
from app.core.keys.tables import BRANCH_KEYS, Executor
from app.core.keys.wrapping import DoesNotOpen, check_commitment

KEPT_SECONDS = 300.0

_kept: dict[uuid.UUID, tuple[float, bytes]] = {}


def about(branch_id: uuid.UUID) -> bytes:
    """What a wrapped branch key is bound to."""
    return encoded(b"trellis branch key", branch_id.bytes)


def load(executor: Executor, branch_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, bytes]:
    """These branch keys, at most one query; one that does not open is left out.

    Raises:
        Unavailable: the root key is out of reach and one is not in memory.
    """
    wanted = set(branch_ids)
    found = {one: key for one in wanted if (key := _in_memory(one)) is not None}
    if wanted - found.keys():
        require_right_keys(executor)
        which = BRANCH_KEYS.c.id.in_(wanted - found.keys())
        for row in executor.execute(sa.select(BRANCH_KEYS).where(which)):
            try:
                found[row.id] = _keep(row.id, unwrapped(row))
            except DoesNotOpen:
                continue
    return found


def current(executor: Executor) -> tuple[uuid.UUID, bytes]:
    """The branch key for a new person: the newest that is not retired.

    Raises:
        Unavailable: there is none, or it was tampered with.
    """
    live = sa.select(BRANCH_KEYS.c.id).where(BRANCH_KEYS.c.retired_at.is_(None))
    newest = executor.execute(live.order_by(BRANCH_KEYS.c.created_at.desc()).limit(1)).scalar()
    keys = load(executor, [newest]) if newest else {}
    if newest not in keys:
        raise Unavailable("There is no branch key that opens")
    return newest, keys[newest]


def make(executor: Executor) -> uuid.UUID:
    """Store a new branch key under the newest root key (maintenance only)."""
    branch_id, key = uuid.uuid4(), os.urandom(KEY_BYTES)
    root_key, wrapped = ring().root.wrap(key, about(branch_id))
    values = {"id": branch_id, "root_key": root_key, "wrapped": wrapped}
    values |= {"commitment": commitment(key, about(branch_id)), "created_at": clock.now()}
    executor.execute(sa.insert(BRANCH_KEYS).values(values))
    return branch_id


def unwrapped(row: sa.Row[Any]) -> bytes:
    """The key in a row of `branch_key`, checked against its commitment."""
    key = ring().root.unwrap(row.root_key, bytes(row.wrapped), about(row.id))
    check_commitment(key, bytes(row.commitment), about(row.id))
    return key


def rewrapped(row: sa.Row[Any]) -> tuple[str, bytes]:
    """The name of the newest root key, and the key in the row wrapped by it."""
    return ring().root.rewrap(row.root_key, bytes(row.wrapped), about(row.id))


def forget() -> None:
    """Empty the memory."""
    _kept.clear()


def _in_memory(branch_id: uuid.UUID) -> bytes | None:
    until, key = _kept.get(branch_id, (0.0, None))
    return key if until > time.monotonic() else None


def _keep(branch_id: uuid.UUID, key: bytes) -> bytes:
    _kept[branch_id] = (time.monotonic() + KEPT_SECONDS, key)
    return key
