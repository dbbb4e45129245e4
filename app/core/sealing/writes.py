"""What of sealed records a transaction has written, so that the audit trail says all of it."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, SessionTransaction

from app.core.sealing import registry

WRITTEN = "sealed rows written"


def take(writing: Session, row: Any) -> bool:
    """Whether this row's blobs were written since they were last audited; now they are."""
    written = writing.info.get(WRITTEN, {})
    return written.pop((getattr(row, "__tablename__", ""), getattr(row, "id", None)), None) is row


def take_rest(writing: Session) -> list[Any]:
    """Every row written that nobody has audited, in the order of writing."""
    rest = writing.info.pop(WRITTEN, {})
    return [row for row in rest.values() if row in writing]


@sa.event.listens_for(Session, "after_flush")
def _note(writing: Session, _context: Any) -> None:
    for row in (*writing.new, *writing.dirty):
        if _sealed_anew(row):
            written = writing.info.setdefault(WRITTEN, {})
            written[row.__tablename__, row.id] = row


@sa.event.listens_for(Session, "after_transaction_end")
def _forget(ended: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is None:
        ended.info.pop(WRITTEN, None)


def _sealed_anew(row: Any) -> bool:
    columns = registry.of_table(getattr(row, "__tablename__", ""))
    attributes = sa.inspect(row).attrs
    return any(attributes[one.column].history.has_changes() for one in columns)
