"""Rotate the branch key: a new one wraps every person's key, then the old one is destroyed."""

import time
import uuid
from datetime import timedelta

import sqlalchemy as sa

from app.core import clock
from app.core.keys import branch
from app.core.keys.person_row import opened, wrapped_row
from app.core.keys.tables import BRANCH_KEYS, PERSON_KEYS
from app.core.keys.wrapping import DoesNotOpen
from app.core.rotation import progress
from app.core.rotation.progress import Progress, Say
from app.core.rotation.walk import Walk

# Longer than any transaction may last that chose the old key for a new person.
GRACE_SECONDS = 20.0

RETIRED = sa.select(BRANCH_KEYS.c.id).where(BRANCH_KEYS.c.retired_at.is_not(None))
PEOPLE = sa.select(PERSON_KEYS.c.person_id).where(PERSON_KEYS.c.branch_key_id.in_(RETIRED))


def rotate_branch(
    engine: sa.Engine, say: Say, grace: float = GRACE_SECONDS, batch: int = 200
) -> set[uuid.UUID]:
    """The people whose key did not open: it stays as it was, and so does its branch key."""
    with progress.alone(engine):
        with progress.short(engine) as connection:
            reached = progress.begin(connection, "branch")
            if reached.fresh:
                _retire(connection)
        walk = Walk(engine, "branch", PEOPLE, _rewrap, say, batch)
        walk.run(reached)
        time.sleep(grace)
        left = walk.run(Progress("branch", reached.started_at))
        with progress.short(engine) as connection:
            _destroy_unused(connection, grace)
            progress.finish(connection, "branch")
    say(f"branch: done; {len(left)} people left as they were")
    return left


def _retire(connection: sa.Connection) -> None:
    live = sa.update(BRANCH_KEYS).where(BRANCH_KEYS.c.retired_at.is_(None))
    connection.execute(live.values(retired_at=clock.now()))
    branch.make(connection)


def _rewrap(connection: sa.Connection, person_id: uuid.UUID) -> None:
    mine = PERSON_KEYS.c.person_id == person_id
    rows = connection.execute(sa.select(PERSON_KEYS).where(mine).with_for_update()).all()
    key = opened(connection, rows).get(person_id)
    if key is None:
        raise DoesNotOpen
    made_at = rows[0].made_at  # the data key is as old as it was
    row = wrapped_row(key, *branch.current(connection)) | {"made_at": made_at}
    connection.execute(sa.update(PERSON_KEYS).where(mine).values(row))


def _destroy_unused(connection: sa.Connection, grace: float) -> None:
    used = sa.exists().where(PERSON_KEYS.c.branch_key_id == BRANCH_KEYS.c.id)
    old = BRANCH_KEYS.c.retired_at <= clock.now() - timedelta(seconds=grace)
    connection.execute(sa.delete(BRANCH_KEYS).where(old & ~used))
