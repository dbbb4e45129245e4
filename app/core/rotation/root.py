"""Rotate the root key: wrap every branch key with the newest, the canary last."""

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
    """
    done = 0
    with progress.alone(engine, "root" if renew else ""):
        while _one(engine):
            done += 1
            say(f"root: {done} branch keys wrapped anew")
        with progress.short(engine) as connection:
            canary.put_root(connection)
    say(f"root: done; every branch key is wrapped by {ring().root.newest()}")


def _one(engine: sa.Engine) -> bool:
    older = BRANCH_KEYS.c.root_key != ring().root.newest()
    with progress.short(engine) as connection:
        found = connection.execute(sa.select(BRANCH_KEYS).where(older).limit(1).with_for_update())
        row = found.one_or_none()
        if row is None:
            return False
        name, wrapped = branch.rewrapped(row)
        change = sa.update(BRANCH_KEYS).where(BRANCH_KEYS.c.id == row.id)
        connection.execute(change.values(root_key=name, wrapped=wrapped))
    return True
