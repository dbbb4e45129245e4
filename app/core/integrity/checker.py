"""Whoever checks at night, and what they have counted."""

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
    sa.column("checked", sa.BigInteger),
    sa.column("unaudited", sa.BigInteger),
)


class Checker:
    """Nobody at the keyboard; it reaches digests and wrapped keys, and no record."""

    user_id: uuid.UUID | None = None
    agency_id: uuid.UUID | None = None
    reach: frozenset[str] = frozenset({"check"})


CHECKER = Checker()


def begin(now: datetime) -> datetime:
    """When this check began.

    The first check of all leaves the line from which on every digest has to have a stamp: a release
    that made none may have gone on for a while beside the first one that does.
    """
    note(started_at=now, finished_at=None, checked=0, unaudited=0)
    if not session.scalar(STAMPS_BEGUN):
        audit.stamps_begin(CHECKER, FIRST)
    return now


def note(**values: Any) -> None:
    """Remember it, with the batch that was looked at."""
    session.execute(sa.update(CHECK).values(**values))
