"""Adding a source, saying how often it is read, and asking for a reading now."""

from datetime import timedelta

from app.core import audit, clock, jobs
from app.core.db import session
from app.core.errors import Conflict
from app.identity.actor import Actor
from directory.sources import policy
from directory.sources.actions import reading
from directory.sources.models.source import DirectorySource
from directory.sources.queries import source as sources


def add(actor: Actor, name: str, address: str, every_hours: int) -> DirectorySource:
    """Add a feed; it is checked at once, and read for the first time when somebody says so.

    One of this name that is there already stays as it is.

    Raises:
        Denied: the actor is not a curator at a council.
    """
    policy.KEEP_SOURCES.require(actor)
    known = sources.called(name)
    if known:
        return known
    source = DirectorySource(
        name=name, address=address, every_hours=every_hours or None, agency_id=actor.agency_id
    )
    session.add(source)
    audit.record(actor, "source.added", source)
    _ask(source, dry_run=True)
    return source


def change(actor: Actor, source: DirectorySource, every_hours: int) -> None:
    """Read it so often from now on; nought is only when somebody asks.

    Raises:
        Denied: the actor is not a curator at a council.
        Conflict: nobody can read an operator's file from here.
    """
    policy.KEEP_SOURCES.require(actor)
    _require_address(source)
    source.every_hours = every_hours or None
    source.next_at = clock.now() + timedelta(hours=every_hours) if every_hours else None
    audit.record(actor, "source.changed", source, reason=f"every {every_hours} hours")


def read(actor: Actor, source: DirectorySource, *, dry_run: bool) -> None:
    """Have it read now; once it is read in earnest it is read again by itself.

    Raises:
        Denied: the actor is not a curator at a council.
        Conflict: nobody can read an operator's file from here.
    """
    policy.KEEP_SOURCES.require(actor)
    _require_address(source)
    if not dry_run and source.every_hours:
        source.next_at = clock.now() + timedelta(hours=source.every_hours)
    audit.record(actor, "source.check_asked" if dry_run else "source.reading_asked", source)
    _ask(source, dry_run=dry_run)


def _require_address(source: DirectorySource) -> None:
    if source.address is None:
        raise Conflict("This source is a file that the operator loads")


def _ask(source: DirectorySource, *, dry_run: bool) -> None:
    session.flush()
    jobs.defer(reading.read_source, source_id=str(source.id), dry_run=dry_run)
