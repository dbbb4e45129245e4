"""Every night: a note whose readers have all left names the team leads, and tells them."""

import uuid
from dataclasses import dataclass

from sqlalchemy import func, select

from app.core import jobs
from app.core.db import session, transaction
from referrals.record.notices import Notice, tell_user


@dataclass(frozen=True)
class Night:
    """Nobody is at the keyboard; it may name successors, and read nothing."""

    user_id: uuid.UUID | None = None
    agency_id: uuid.UUID | None = None
    reach: frozenset[str] = frozenset({"succeed"})


@jobs.queue.periodic(cron="47 2 * * *")
@jobs.queue.task(name="name_successors", queue="clock", queueing_lock="name_successors")
def name_successors(timestamp: int) -> None:  # noqa: ARG001 - procrastinate passes it
    """Name the team leads where nobody can read a note; where there are none, the next night."""
    named = func.trellis.name_successors().table_valued("reference", "successor")
    with transaction(Night()):
        for reference, user_id in session.execute(select(named)).all():
            tell_user(user_id, Notice.NOTE_TO_READ, reference)
