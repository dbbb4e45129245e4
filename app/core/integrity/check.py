"""The check of one night: stage by stage, a batch and a transaction at a time."""

import secrets
import uuid
from collections.abc import Callable
from dataclasses import dataclass

import sqlalchemy as sa
import structlog
from sqlalchemy.dialects.postgresql import insert

from app.core import audit, clock
from app.core.db import session, transaction
from app.core.integrity import checker
from app.core.integrity.checker import CHECKER
from app.core.integrity.problem import Batch, Problem
from app.core.integrity.stages import Stage, stages

BATCH = 500
FINDINGS = sa.table(
    "integrity_finding",
    *(sa.column(name) for name in ("reference", "subject_kind", "problem")),
    *(sa.column(name, sa.UUID) for name in ("subject_id", "person_id")),
    *(sa.column(n, sa.DateTime(timezone=True)) for n in ("found_at", "seen_at", "settled_at")),
)
OPEN = FINDINGS.c.settled_at.is_(None)
log = structlog.get_logger()


@dataclass(frozen=True)
class Finding:
    """A problem that was not known before, as `reference` finds it again."""

    reference: str
    problem: Problem


Tell = Callable[[Finding], None]


def run(tell: Tell, batch: int = BATCH) -> int:
    """Check everything from the beginning; how many new findings there were.

    How far it has come is kept here and not in the database, whose owner could say: all done.
    `tell` is called for each finding, in the transaction that keeps it.

    Raises:
        Unavailable: the key store is out of reach; run it again.
    """
    found = 0
    with transaction(CHECKER):
        started_at, every = checker.begin(clock.now()), stages()
    for look in every:
        found += _whole(look, tell, batch)
    with transaction(CHECKER):
        _finish(started_at)
    return found


def _whole(look: Stage, tell: Tell, batch: int) -> int:
    last_id: uuid.UUID | None = checker.FIRST
    found = 0
    while last_id is not None:
        with transaction(CHECKER):
            looked = look(last_id, batch)
            _note(looked)
            found += sum(_keep(one, tell) for one in looked.problems)
        last_id = looked.last_id
    return found


def _note(looked: Batch) -> None:
    checker.note(
        checked=checker.CHECK.c.checked + looked.checked,
        unaudited=checker.CHECK.c.unaudited + looked.unaudited,
    )


def _keep(problem: Problem, tell: Tell) -> bool:
    """Remember the problem; whether it is new. Known, it is neither audited nor told again."""
    now, reference = clock.now(), secrets.token_hex(4).upper()
    row = {"reference": reference, "found_at": now, "seen_at": now, "problem": problem.words}
    row |= {"subject_kind": problem.table, "subject_id": problem.row_id}
    kept = session.execute(
        insert(FINDINGS)
        .values(row | {"person_id": problem.person_id})
        .on_conflict_do_update(
            index_elements=["subject_kind", "subject_id", "problem"],
            index_where=OPEN,
            set_={"seen_at": now},
        )
        .returning(FINDINGS.c.reference)
    ).scalar_one()
    if kept != reference:
        return False
    reason = f"reference {reference}: {problem.words}"
    audit.failed_check(CHECKER, reason, problem.table, problem.row_id, problem.person_id)
    log.error("integrity_failure", reference=reference, table=problem.table)
    tell(Finding(reference, problem))
    return True


def _finish(started_at: object) -> None:
    """What was not met again tonight has been put right."""
    gone = OPEN & (FINDINGS.c.seen_at < started_at)
    session.execute(sa.update(FINDINGS).where(gone).values(settled_at=clock.now()))
    checker.note(finished_at=clock.now())
