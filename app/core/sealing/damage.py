"""A record that does not open: a reference for the reader, an entry for the audit trail.

The entry is written after the transaction has ended, also when it was rolled back, because
a page that fails for a damaged record must not take the evidence with it.
"""

import secrets
import uuid
from collections.abc import Callable
from dataclasses import dataclass

import sqlalchemy as sa
import structlog
from sqlalchemy.orm import Session, SessionTransaction

from app.core.context import Asker
from app.core.db import session
from app.core.errors import DamagedRecord

NOTED = "damaged records"
log = structlog.get_logger()


@dataclass(frozen=True)
class Damage:
    """One sealed group of one row that did not open, as `reference` finds it again."""

    reference: str
    table: str
    group: str
    row_id: uuid.UUID
    person_id: uuid.UUID


Hearer = Callable[[Asker, list[Damage]], None]
_hearers: list[Hearer] = []


def heard_by(hearer: Hearer) -> Hearer:
    """Call `hearer` after each transaction that met damage, with who was asking."""
    _hearers.append(hearer)
    return hearer


def report(table: str, group: str, row_id: uuid.UUID, person_id: uuid.UUID) -> DamagedRecord:
    """Note the damage; the exception to raise. Met again, it keeps its reference."""
    noted: dict[tuple[str, str, uuid.UUID], Damage] = session.info.setdefault(NOTED, {})
    where = (table, group, row_id)
    if where not in noted:
        reference = secrets.token_hex(4).upper()
        noted[where] = Damage(reference, table, group, row_id, person_id)
        log.error("integrity_failure", reference=reference, table=table, group=group)
    return DamagedRecord(noted[where].reference)


@sa.event.listens_for(Session, "after_transaction_end")
def _tell(ended: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is None and (noted := ended.info.pop(NOTED, None)):
        if not _hearers:
            raise RuntimeError("Damage was met and nothing audits it: import app.core.audit")
        for hearer in _hearers:
            hearer(ended.info["asker"], list(noted.values()))
