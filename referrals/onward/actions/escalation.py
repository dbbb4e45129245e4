"""Silence never ends an onward referral: it goes up, to the service, the team, its lead."""

import uuid
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select, update

from app.core import audit, clock, jobs
from app.core.db import NOBODY, session, transaction
from referrals.onward.models.onward_referral import OnwardReferral
from referrals.record.actions import next_step
from referrals.record.models.referral import Referral
from referrals.record.notices import Notice, tell_agency, tell_user

# Working days after the answer was due, and who is told then.
SERVICE, LINK_WORKER, TEAM_LEAD = 1, 2, 3
TOLD_AFTER = {SERVICE: 1, LINK_WORKER: 2, TEAM_LEAD: 5}
DUE = (
    *("onward_id", "referral_id", "holder_id", "receiver_id", "link_worker_id"),
    *("lead_ids", "answer_due", "unanswered", "escalation"),
)


@dataclass(frozen=True)
class Caretaker:
    """The clock, acting for a team on its own referrals; nobody is at the keyboard."""

    agency_id: uuid.UUID
    user_id: uuid.UUID | None = None
    reach: frozenset[str] = frozenset({"holder"})


@jobs.queue.periodic(cron="7 * * * *")
@jobs.queue.task(name="escalate_silence", queue="clock", queueing_lock="escalate_silence")
def escalate_silence(timestamp: int) -> None:  # noqa: ARG001 - procrastinate passes it
    """Look again at what is due, each referral in a transaction of its own."""
    with transaction(NOBODY):
        found = func.trellis.onward_due(clock.today()).table_valued(*DUE)
        rows = session.execute(select(found)).all()
    for row in rows:
        with transaction(Caretaker(row.holder_id)):
            look_again(row)


def look_again(row: Any) -> None:
    """Choose the referral's next step again; tell whoever is next to be told."""
    referral = session.get(Referral, row.referral_id)
    if referral is None:
        return
    level = level_of(row.answer_due) if row.unanswered else row.escalation
    for reached in range(row.escalation + 1, level + 1):
        _tell(row, reached)
    if level > row.escalation:
        session.execute(
            update(OnwardReferral)
            .where(OnwardReferral.id == row.onward_id)
            .values(escalation=level)
        )
        asker = Caretaker(row.holder_id)
        audit.record(asker, "onward_referral.escalated", referral, reason=f"level {level}")
    next_step.refresh(referral)


def level_of(answer_due: Any) -> int:
    """How far up the silence has gone by today."""
    late = clock.working_days_between(answer_due, clock.today())
    return max((level for level, days in TOLD_AFTER.items() if late >= days), default=0)


def _tell(row: Any, level: int) -> None:
    if level == SERVICE:
        tell_agency(row.receiver_id, Notice.ANSWER_LATE)
    elif level == LINK_WORKER and row.link_worker_id:
        tell_user(row.link_worker_id, Notice.ANSWER_LATE)
    elif level == TEAM_LEAD:
        for lead_id in row.lead_ids:
            tell_user(lead_id, Notice.ANSWER_LATE)
