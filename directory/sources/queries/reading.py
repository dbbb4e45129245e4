"""What came of reading a source."""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, literal_column, select

from app.core.db import session
from app.core.errors import NotFound
from directory.importing.entry import Remark
from directory.sources.models.reading import IMPORT, REMARK

SHOWN, LATEST, BATCH = 100, 10, 1000
# What is counted, in the order in which people ask.
COUNTED = {
    "read": "Services in the source",
    "service added": "Services that are new",
    "service changed": "Services that say something else",
    "service unchanged": "Services that say the same",
    "fields kept as changed here": "Fields kept as somebody here wrote them",
    "refused": "Rows refused",
    "mended": "Fields mended or left out",
    "missing": "Services no longer in the source",
    "repeated": "Rows said twice",
}


@dataclass(frozen=True)
class Reading:
    """One reading of a source."""

    id: uuid.UUID
    started_at: datetime
    ended_at: datetime | None
    counts: dict[str, int]
    dry_run: bool
    failure: str
    is_running: bool

    @property
    def said(self) -> list[tuple[str, int]]:
        """What was counted, in words; nothing that was not met."""
        return [(words, self.counts[one]) for one, words in COUNTED.items() if one in self.counts]

    @property
    def state(self) -> str:
        """What became of it, in a word or two."""
        if self.failure:
            return "Broken off"
        if self.ended_at is None:
            return "Running" if self.is_running else "Interrupted"
        return "Checked" if self.dry_run else "Read"


def latest(source_id: uuid.UUID) -> list[Reading]:
    """The last readings of a source, the newest first."""
    rows = (
        select(*_COLUMNS)
        .where(IMPORT.c.source_id == source_id)
        .order_by(IMPORT.c.started_at.desc())
        .limit(LATEST)
    )
    return [Reading(*row) for row in session.execute(rows)]


def get(source_id: uuid.UUID, import_id: uuid.UUID) -> Reading:
    """One reading of this source. Raises NotFound."""
    mine = (IMPORT.c.id == import_id) & (IMPORT.c.source_id == source_id)
    row = session.execute(select(*_COLUMNS).where(mine)).one_or_none()
    if row is None:
        raise NotFound("There is no such reading of this source")
    return Reading(*row)


def remarks(import_id: uuid.UUID) -> Sequence[Row[Any]]:
    """The first rows to look at."""
    return session.execute(_remarks(import_id).limit(SHOWN)).all()


def every_remark(import_id: uuid.UUID) -> Iterator[Remark]:
    """All that were kept."""
    for row in session.execute(_remarks(import_id)).yield_per(BATCH):
        yield Remark(*row)


# Whoever reads a source holds its lock (directory.importing.log), and loses it when killed.
RUNNING: ColumnElement[bool] = literal_column(
    """exists (select from pg_locks held, directory_source source
        where held.locktype = 'advisory' and held.granted
            and held.database = (select oid from pg_database where datname = current_database())
            and (held.classid::bigint << 32) | held.objid::bigint
                = hashtextextended('directory import ' || source.name, 0)
            and source.id = source_import.source_id)"""
)
_COLUMNS = (
    *(IMPORT.c.id, IMPORT.c.started_at, IMPORT.c.ended_at),
    *(IMPORT.c.counts, IMPORT.c.dry_run, IMPORT.c.failure, RUNNING),
)


def _remarks(import_id: uuid.UUID) -> Select[Any]:
    about = REMARK.c.outcome, REMARK.c.external_id, REMARK.c.name
    said = REMARK.c.about, REMARK.c.value, REMARK.c.reason
    mine = select(*about, *said).where(REMARK.c.import_id == import_id)
    return mine.order_by(REMARK.c.number)
