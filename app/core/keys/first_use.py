"""What a fresh database needs before the first person: a branch key and the canaries."""

import contextlib
from collections.abc import Iterator

import sqlalchemy as sa

from app.core.keys import branch, canary
from app.core.keys.tables import BRANCH_KEYS, CANARIES

LOCK = 727_275


@contextlib.contextmanager
def maintenance(engine: sa.Engine) -> Iterator[sa.Connection]:
    """One short transaction as the role that sees every row; `engine` connects as the owner."""
    with engine.begin() as connection:
        connection.execute(sa.text("set local role trellis_policy"))
        yield connection


def first_use(engine: sa.Engine) -> bool:
    """Make the first branch key and the canaries; False when they are there.

    Raises:
        WrongKey: they are there, but were not made with these keys.
    """
    with maintenance(engine) as connection:
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(LOCK)))
        if _in_use(connection):
            canary.check_canary(connection)
            return False
        branch.make(connection)
        canary.put_root(connection)
        canary.put_index(connection)
    return True


def _in_use(connection: sa.Connection) -> bool:
    either = sa.exists(sa.select(BRANCH_KEYS.c.id)) | sa.exists(sa.select(CANARIES.c.kind))
    return bool(connection.scalar(sa.select(either)))
