"""Whose key was destroyed on purpose: their records are erased, not damaged."""

import uuid
from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy.orm import Session, SessionTransaction

from app.core.db import session

KNOWN = "known to be erased or not"
ERASED = sa.text("select trellis.erased(:people)").bindparams(
    sa.bindparam("people", type_=sa.ARRAY(sa.UUID))
)


def look_for(person_ids: Iterable[uuid.UUID]) -> None:
    """Find out about people without a key, in one query."""
    people = set(person_ids)
    if people:
        found = set(session.execute(ERASED, {"people": sorted(people)}).scalars())
        _known().update({one: one in found for one in people})


def is_erased(person_id: uuid.UUID) -> bool:
    """Whether the person was erased, perhaps a moment ago."""
    if not _known().get(person_id, False):
        look_for([person_id])
    return _known()[person_id]


def _known() -> dict[uuid.UUID, bool]:
    found: dict[uuid.UUID, bool] = session.info.setdefault(KNOWN, {})
    return found


@sa.event.listens_for(Session, "after_transaction_end")
def _forget(ended: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is None or transaction.nested:
        ended.info.pop(KNOWN, None)
