"""Rotate the root key: wrap every branch key with the newest, the canary last."""

from typing import Any

import sqlalchemy as sa

from app.core.keys import branch, canary
from app.core.keys.ring import ring
from app.core.keys.tables import BRANCH_KEYS
from app.core.rotation import progress
from app.core.rotation.progress import Say


def rotate_root(engine: sa.Engine, say: Say, *, renew: bool = False) -> None:
    """Afterwards the older root keys open nothing and can be destroyed.

    What was wrapped carries the name of its key, so that a second run goes on by itself.

    Raises:
        DoesNotOpen: a branch key was tampered with; the old root key is still wanted.
        Conflict: somebody kept a row locked for long; a second run goes on.
    """
    done = 0
    with progress.alone(engine, "root" if renew else ""):
        while (row := _older(engine)) is not None:
            _wrap_anew(engine, row)
            done += 1
            say(f"root: {done} branch keys wrapped anew")
        progress.patiently(engine, canary.put_root)
    say(f"root: done; every branch key is wrapped by {ring().root.newest()}")


def _older(engine: sa.Engine) -> sa.Row[Any] | None:
    older = BRANCH_KEYS.c.root_key != ring().root.newest()
    with progress.short(engine) as connection:
        return connection.execute(sa.select(BRANCH_KEYS).where(older).limit(1)).one_or_none()


def _wrap_anew(engine: sa.Engine, row: sa.Row[Any]) -> None:
    # The store of the root key may be slow or far away: nothing is locked meanwhile. Nor does
    # the change lock out people being made under this key, as `select for update` would.
    name, wrapped = branch.rewrapped(row)
    same = (BRANCH_KEYS.c.id == row.id) & (BRANCH_KEYS.c.wrapped == row.wrapped)
    change = sa.update(BRANCH_KEYS).where(same).values(root_key=name, wrapped=wrapped)
    progress.patiently(engine, lambda connection: connection.execute(change))
