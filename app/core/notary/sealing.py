"""Seal the audit trail behind the transactions that write it, a batch and a checkpoint at a time.

A batch's leaves and its checkpoint are kept together or not at all, so that whoever is killed
is followed by another that goes on where the last checkpoint stands.
"""

from typing import Any

import sqlalchemy as sa
import structlog

from app.core import clock, jobs
from app.core.db import session, transaction
from app.core.ledger.checkpoint import Checkpoint
from app.core.ledger.note import Signer
from app.core.ledger.tree import Frontier
from app.core.notary.keeper import NOTARY, origin, signers
from app.core.notary.tables import CHECKPOINTS
from config.settings import Settings

BATCH = 5000
SEAL = sa.text("select first, hashes, seen from trellis.seal_audit(:batch)")
log = structlog.get_logger()


class LedgerBroken(Exception):
    """What is stored of the tree does not fit together; the message says what does not."""


@jobs.queue.periodic(cron="* * * * *")
@jobs.queue.task(name="seal_audit", queue="audit", queueing_lock="seal_audit")
def seal_audit(timestamp: int) -> None:  # noqa: ARG001 - procrastinate passes it
    """Seal everything that is waiting."""
    seal(Settings.load())


def seal(settings: Settings, batch: int = BATCH) -> int:
    """Seal everything that is waiting; how many entries there were.

    Raises:
        LedgerBroken: somebody has cut the tree; nothing is sealed over that.
        NoAuditKey: there is nothing to sign with.
    """
    signing, sealed = signers(settings), 0
    while (more := _batch(signing, origin(settings), batch)) is not None:
        sealed += more
    return sealed


def newest() -> Any:
    """The row of the newest checkpoint, or None."""
    last = sa.select(CHECKPOINTS).order_by(CHECKPOINTS.c.size.desc()).limit(1)
    return session.execute(last).one_or_none()


def _batch(signing: list[Signer], whose: str, batch: int) -> int | None:
    with transaction(NOTARY):
        found = session.execute(SEAL, {"batch": batch}).one()
        if found.hashes:
            _sign(found, signing, whose)
    return len(found.hashes) if found.seen else None


def _sign(found: Any, signing: list[Signer], whose: str) -> None:
    last = newest()
    grown = Frontier(last.size, list(map(bytes, last.frontier))) if last else Frontier()
    if found.first != grown.size:
        log.error("audit.ledger_broken", checkpoint=grown.size, leaves=found.first)
        raise LedgerBroken(
            f"The newest checkpoint has {grown.size} entries, but {found.first} leaves are stored:"
            " run `trellis audit export` and `trellis audit verify`"
        )
    grown.extend(map(bytes, found.hashes))
    now = clock.now()
    signed = Checkpoint(whose, grown.size, grown.root(), now).signed(signing)
    row = {"size": grown.size, "at": now, "note": signed, "frontier": grown.hashes}
    row["signers"] = [str(one.verifier) for one in signing]
    session.execute(sa.insert(CHECKPOINTS).values(row))
