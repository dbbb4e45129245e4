"""Sources, and which of them are due."""

import uuid
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, and_, func, not_, select

from app.core import clock
from app.core.db import session
from app.core.errors import NotFound
from app.identity.actor import Actor
from directory.sources import policy
from directory.sources.models.reading import IMPORT
from directory.sources.models.source import DirectorySource
from directory.sources.queries.reading import RUNNING

MOST = 200


def listed() -> Sequence[Row[Any]]:
    """Every source with when it was last read, what broke that off, and whether it was stopped."""
    stopped = and_(IMPORT.c.ended_at.is_(None), not_(RUNNING)).label("stopped")
    newest = (
        select(IMPORT.c.source_id, IMPORT.c.started_at, IMPORT.c.failure, stopped)
        .where(IMPORT.c.source_id == DirectorySource.id)
        .order_by(IMPORT.c.started_at.desc())
        .limit(1)
        .lateral()
    )
    rows = (
        select(DirectorySource, newest.c.started_at, newest.c.failure, newest.c.stopped)
        .outerjoin(newest, newest.c.source_id == DirectorySource.id)
        .order_by(func.lower(DirectorySource.name))
        .limit(MOST)
    )
    return session.execute(rows).all()


def kept(actor: Actor, source_id: uuid.UUID) -> DirectorySource:
    """One source, for who keeps them. Raises NotFound."""
    found = session.get(DirectorySource, source_id)
    if found is None or not policy.KEEP_SOURCES.allows(actor, None):
        raise NotFound("There is no such source")
    return found


def find(source_id: uuid.UUID) -> DirectorySource | None:
    """One source, for the worker."""
    return session.get(DirectorySource, source_id)


def called(name: str) -> DirectorySource | None:
    """The source of this name, if there is one."""
    return session.scalar(select(DirectorySource).where(DirectorySource.name == name))


def due() -> Sequence[DirectorySource]:
    """The sources whose time has come, the longest ago first."""
    rows = select(DirectorySource).where(DirectorySource.next_at <= clock.now())
    return session.scalars(rows.order_by(DirectorySource.next_at)).all()
