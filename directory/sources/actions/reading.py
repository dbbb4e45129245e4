"""Reading a source, by the worker, in the name of the council that added it."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

import procrastinate
import psycopg
import structlog
from sqlalchemy import delete, select

from app.core import audit, clock, db, jobs
from app.core.db import NOBODY, session, transaction
from app.core.errors import Conflict, TrellisError, Unavailable
from directory.importing.entry import Remark
from directory.importing.hands import Council
from directory.importing.reading.source import Source
from directory.importing.report import Kept
from directory.importing.run import Import
from directory.sources.models.reading import IMPORT, REMARK
from directory.sources.models.source import DirectorySource
from directory.sources.queries import source as sources

# Rows to look at that are kept of one reading, and the readings whose rows are kept.
MOST_REMARKS, READINGS_KEPT = 5000, 3
# A source, or our own database, that did not answer: after 8 seconds, and then 1, 9 and 68 minutes.
AWAY = Unavailable, psycopg.OperationalError
AGAIN = procrastinate.RetryStrategy(max_attempts=4, exponential_wait=8, retry_exceptions=AWAY)


@dataclass(frozen=True)
class Curating:
    """The clock, acting for a council on the directory; nobody is at the keyboard."""

    agency_id: uuid.UUID
    user_id: uuid.UUID | None = None
    reach: frozenset[str] = frozenset({"curate"})


@jobs.queue.periodic(cron="*/10 * * * *")
@jobs.queue.task(name="read_due_sources", queue="clock", queueing_lock="read_due_sources")
def read_due_sources(timestamp: int) -> None:  # noqa: ARG001 - procrastinate passes it
    """Ask for a reading of every source whose time has come."""
    with transaction(NOBODY):
        due = [(one.id, one.agency_id) for one in sources.due()]
    for source_id, agency_id in due:
        if agency_id:
            with transaction(Curating(agency_id)):
                _ask(source_id)


@jobs.queue.task(name="read_source", queue="sources", retry=AGAIN)
def read_source(source_id: str, dry_run: bool) -> None:
    """Read one source from beginning to end; one that is away is tried again a few times."""
    error = read(uuid.UUID(source_id), dry_run=dry_run)
    if isinstance(error, AWAY):
        raise error


def read(source_id: uuid.UUID, *, dry_run: bool, loopback: bool = False) -> Exception | None:
    """Read it, or check what reading it would change; what came of it is kept.

    The error that broke it off is given back.
    """
    with transaction(NOBODY):
        source = sources.find(source_id)
    if source is None or source.address is None or source.agency_id is None:
        return None
    asker, kept, error = Curating(source.agency_id), Kept(MOST_REMARKS), None
    with _connection() as connection:
        run = Import(Council(connection, asker), source.name, kept, dry_run=dry_run, keep=True)
        try:
            rows = Source(source.address, loopback=loopback).rows()
            run.run(rows, lambda said: kept.add(_would(said)), lambda _said: None)
        except Conflict:
            return None  # it is being read at this moment
        except (TrellisError, OSError, psycopg.Error) as wrong:
            structlog.get_logger().warning("source.broken_off", kind=type(wrong).__name__)
            error = wrong
            if not run.is_logged:
                return error
    with _connection() as connection:
        # Not the one that it was read on, which may be what was lost.
        _remember(run, Council(connection, asker), kept, error)
    with transaction(asker):
        _forget(source_id)
        audit.record(asker, "source.checked" if dry_run else "source.read", source)
    return error


def _remember(run: Import, hand: Council, kept: Kept, error: Exception | None) -> None:
    run.log.taken_up(hand)
    if error:
        run.log.end(run.counts, _in_words(error))
    run.log.remarks(kept.remarks)


def _ask(source_id: uuid.UUID) -> None:
    found = select(DirectorySource).where(DirectorySource.id == source_id)
    source = session.scalar(found.with_for_update(skip_locked=True))
    if source and source.next_at and source.every_hours and source.next_at <= clock.now():
        source.next_at = clock.now() + timedelta(hours=source.every_hours)
        jobs.defer(read_source, source_id=str(source_id), dry_run=False)


@contextmanager
def _connection() -> Iterator[psycopg.Connection]:
    """One of the application's own, for as long as it takes; the pool gets another."""
    lent = db.engine().raw_connection()
    connection = lent.driver_connection
    lent.detach()
    assert isinstance(connection, psycopg.Connection)
    with connection:
        yield connection


def _would(said: str) -> Remark:
    """A line of what a dry run says."""
    return Remark("would", "", "", "", "", said)


def _in_words(error: Exception) -> str:
    return error.message[:500] if isinstance(error, TrellisError) else type(error).__name__


def _forget(source_id: uuid.UUID) -> None:
    """The rows of readings long ago; their numbers stay."""
    mine = select(IMPORT.c.id).where(IMPORT.c.source_id == source_id)
    old = mine.order_by(IMPORT.c.started_at.desc()).offset(READINGS_KEPT)
    session.execute(delete(REMARK).where(REMARK.c.import_id.in_(old)))
