"""Merging two listings into one, so that it can be undone to the letter."""

from collections.abc import Sequence

from sqlalchemy import func, select, text

from app.core import audit, clock, jobs
from app.core.db import NOBODY, session, transaction
from app.core.errors import Conflict
from app.identity.actor import Actor
from directory.actions import listing
from directory.curation.models.merge import DuplicatePair, ListingMerge
from directory.curation.policy import CURATE
from directory.curation.queries import waiting
from directory.models.change import ListingChange
from directory.models.service import Service, ServiceStatus
from directory.queries import service as services

LONG = text("set local statement_timeout = '1min'")


@jobs.queue.periodic(cron="50 2 * * *")
@jobs.queue.task(name="find_duplicates", queue="clock", queueing_lock="find_duplicates")
def find_every_night(timestamp: int) -> None:  # noqa: ARG001 - procrastinate passes it
    """Look for listings that may be one."""
    with transaction(NOBODY):
        find()


def find() -> int:
    """Look now; how many new pairs. Of 100,000 listings in some seconds, so it may take longer."""
    session.execute(LONG)
    return int(session.scalar(select(func.trellis.find_duplicates())) or 0)


def different(actor: Actor, pair: DuplicatePair) -> None:
    """Say that the two are not one; they are not asked about again."""
    CURATE.require(actor, None)
    pair.decide(actor, "different")
    audit.record(actor, "duplicate.different", pair)


def merge(actor: Actor, kept: Service, gone: Service, take: Sequence[str] = ()) -> ListingMerge:
    """Let one listing lead to the other; `take` names topics in which the kept one says the
    other's words from now on.

    Raises:
        Conflict: one of them is merged already.
    """
    CURATE.require(actor, kept.organisation)
    if kept.id == gone.id or kept.merged_into_id or gone.merged_into_id:
        raise Conflict("One of these listings is merged already")
    values = [listing.TOPICS[slug].of(gone) for slug in take]
    changes = [made for value in values if (made := listing.change(actor, kept, value))]
    session.flush()
    merged = ListingMerge(
        kept_id=kept.id,
        gone_id=gone.id,
        status_before=gone.status,
        change_ids=[one.id for one in changes],
        by_user_id=actor.user_id,
        by_name=actor.name,
    )
    gone.status, gone.merged_into_id = ServiceStatus.INACTIVE, kept.id
    gone.last_modified = clock.now()
    session.add(merged)
    pair = waiting.pair_of(kept.id, gone.id)
    if pair and pair.waits:
        pair.decide(actor, "merged")
    audit.record(actor, "listing.merged", gone)
    return merged


def part(actor: Actor, merged: ListingMerge) -> Service:
    """Undo a merge: both listings say again what they said. Returns the one that was gone.

    Raises:
        Conflict: undone already, or the kept one has changed since in what it took over.
    """
    CURATE.require(actor, None)
    if merged.undone_at:
        raise Conflict("These listings are apart again already")
    kept, gone = services.get(merged.kept_id), services.get(merged.gone_id)
    for change_id in reversed(merged.change_ids):
        listing.undo(actor, kept, session.get_one(ListingChange, change_id))
    gone.status, gone.merged_into_id = merged.status_before, None
    gone.last_modified = clock.now()
    merged.undone_at, merged.undone_by = clock.now(), actor.user_id
    merged.undone_name = actor.name
    audit.record(actor, "listing.parted", gone)
    return gone
