"""The check of one night: stage by stage, a batch and a transaction at a time."""

import secrets
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
from app.core.integrity.stages import stages

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
    """Check everything, on from where it was broken off; how many new findings there were.

    `tell` is called for each, in the transaction that keeps it.

    Raises:
        Unavailable: the key store is out of reach; run it again.
    """
    found = 0
    while (more := _step(tell, batch)) is not None:
        found += more
    return found


def _step(tell: Tell, batch: int) -> int | None:
    with transaction(CHECKER):
        now = clock.now()
        reached, every = checker.reached(now), stages()
        if reached.stage >= len(every):
            _finish(reached.started_at)
            return None
        looked = every[reached.stage](reached.last_id or checker.FIRST, batch)
        if looked.last_id is None:
            checker.note(stage=reached.stage + 1, last_id=None)
            return 0
        _note(looked)
        return sum(_keep(one, tell) for one in looked.problems)


def _note(looked: Batch) -> None:
    checker.note(
        last_id=looked.last_id,
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
