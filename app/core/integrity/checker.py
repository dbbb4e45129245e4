"""Whoever checks at night, and how far they have come."""

import uuid
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from app.core import audit
from app.core.db import session

STAMPS_BEGUN = sa.text("select trellis.are_stamps_begun()")
FIRST = uuid.UUID(int=0)
CHECK = sa.table(
    "integrity_check",
    sa.column("started_at", sa.DateTime(timezone=True)),
    sa.column("finished_at", sa.DateTime(timezone=True)),
    sa.column("stage", sa.Integer),
    sa.column("last_id", sa.UUID),
    sa.column("checked", sa.BigInteger),
    sa.column("unaudited", sa.BigInteger),
)


class Checker:
    """Nobody at the keyboard; it reaches digests and wrapped keys, and no record."""

    user_id: uuid.UUID | None = None
    agency_id: uuid.UUID | None = None
    reach: frozenset[str] = frozenset({"check"})


CHECKER = Checker()


def reached(now: datetime) -> Any:
    """The row of progress, locked; begun anew when the last check came to its end.

    The first check of all leaves the line from which on every digest has to have a stamp: a release
    that made none may have gone on for a while beside the first one that does.
    """
    row = session.execute(sa.select(CHECK).with_for_update()).one()
    if row.started_at is None or row.finished_at is not None:
        blank = {"started_at": now, "finished_at": None, "stage": 0, "last_id": None}
        session.execute(sa.update(CHECK).values(**blank, checked=0, unaudited=0))
        if not session.scalar(STAMPS_BEGUN):
            audit.stamps_begin(CHECKER, FIRST)
        row = session.execute(sa.select(CHECK)).one()
    return row


def note(**values: Any) -> None:
    """Remember how far it came, with the batch that brought it there."""
    session.execute(sa.update(CHECK).values(**values))
