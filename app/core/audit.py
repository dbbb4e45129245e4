"""The audit trail: who did or saw what, in the same transaction as the doing or seeing.

The application may only insert, and only these columns (migration 0001). A line has a digest when
the transaction wrote the row's sealed blobs, and only then: the newest digest is of what was
written last, which the nightly check compares with what is stored. Its stamp says that we wrote it.
"""

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Any

import psycopg
import sqlalchemy as sa
import structlog
from sqlalchemy.dialects.postgresql import UUID
from sqlalchemy.orm import Session

from app.core import clock, keys
from app.core.context import Asker
from app.core.db import apart, session
from app.core.keys import stamp
from app.core.keys.stamp import Audited
from app.core.keys.wrapping import DoesNotOpen
from app.core.sealing import damage, sealed_digest, writes

EVENTS = sa.table(
    "audit_event",
    sa.column("at"),
    sa.column("user_id", UUID),
    sa.column("agency_id", UUID),
    sa.column("roles", sa.ARRAY(sa.Text)),
    sa.column("action"),
    sa.column("subject_kind"),
    sa.column("subject_id", UUID),
    sa.column("person_id", UUID),
    sa.column("reason"),
    sa.column("request_id"),
    sa.column("outcome"),
    sa.column("digest"),
    sa.column("stamp"),
)

# One statement for a whole list: fifty of them cost the page more than its people did.
SHOWN = sa.text(
    "insert into audit_event (at, user_id, agency_id, roles, action, subject_kind, subject_id,"
    " person_id, reason, request_id, outcome)"
    " select cast(:at as timestamptz), cast(:user_id as uuid), cast(:agency_id as uuid),"
    " cast(:roles as text[]), :action, 'person', person, person, :reason, :request_id, :outcome"
    " from unnest(cast(:people as uuid[])) person"
)

BY_OPERATOR = (
    "insert into audit_event (at, agency_id, roles, action, subject_kind, subject_id, reason)"
    " values (%s, %s, '{}', %s, %s, %s, 'by an operator of the platform')"
)


def record(
    actor: Any, action: str, subject: Any = None, *, reason: str = "", outcome: str = "done"
) -> None:
    """Write one line: `actor` did `action` to `subject` (a stored row, or None)."""
    session.flush()  # the digest is of what will be stored
    written = subject is not None and writes.take(session, subject)
    line = _about(_line(actor, action, reason, outcome), subject, written=written)
    session.execute(sa.insert(EVENTS).values(**line))


def shown(actor: Any, action: str, person_ids: Iterable[uuid.UUID]) -> None:
    """Write one line for each person on a list, in one statement."""
    people = sorted(set(person_ids))
    if not people:
        return
    session.execute(SHOWN, _line(actor, action, "", "done") | {"people": people})


def by_operator(
    owner: psycopg.Connection[Any], action: str, agency_id: uuid.UUID, kind: str, row_id: uuid.UUID
) -> None:
    """Write one line in the owner's open transaction: nobody who signs in did it."""
    owner.execute("set local role trellis_policy")
    owner.execute(BY_OPERATOR, [clock.now(), agency_id, action, kind, row_id])
    owner.execute("reset role")


@sa.event.listens_for(Session, "before_commit")
def sealed_besides(ending: Session) -> None:
    """One line for each sealed row that was written and that no other line is about."""
    asker = ending.info.get("asker")
    if asker is None or ending.in_nested_transaction():
        return
    ending.flush()
    rows = writes.take_rest(ending)
    if rows:
        line = _line(asker, "sealed", "", "done")
        ending.execute(sa.insert(EVENTS), [_about(line, row, written=True) for row in rows])


def failed_check(
    asker: Asker, reason: str, table: str, row_id: uuid.UUID, person_id: uuid.UUID | None
) -> None:
    """Write one line for a stored row that is not what was written."""
    about = {"subject_kind": table, "subject_id": row_id, "person_id": person_id}
    line = _line(asker, "integrity_failure", reason, "refused") | about
    session.execute(sa.insert(EVENTS).values(**line))


def stamps_begin(asker: Asker, subject_id: uuid.UUID) -> None:
    """Write the line from which on a digest without a stamp is not believed; the first counts."""
    line = _line(asker, "stamps begin", "", "done")
    session.execute(sa.insert(EVENTS).values(**line, subject_id=subject_id, digest=b""))


@damage.heard_by
def integrity_failures(asker: Asker, damaged: list[damage.Damage]) -> None:
    """Write one line for each sealed record that did not open, with the reference shown."""
    lines = [
        _line(asker, "integrity_failure", f"reference {one.reference}: {one.group}", "refused")
        | {"subject_kind": one.table, "subject_id": one.row_id, "person_id": one.person_id}
        for one in damaged
    ]
    with apart(asker):
        session.execute(sa.insert(EVENTS), lines)


def _about(line: dict[str, Any], subject: Any, *, written: bool) -> dict[str, Any]:
    """The line with what it is about, and the digest of what was written with its stamp."""
    digest = sealed_digest(subject) if written else None
    return line | {
        "subject_kind": getattr(subject, "__tablename__", ""),
        "subject_id": getattr(subject, "id", None),
        "person_id": getattr(subject, "person_id", None),
        "digest": digest,
        "stamp": _stamp(subject, digest, line["at"]) if digest else None,
    }


def _stamp(subject: Any, digest: bytes, at: datetime) -> bytes | None:
    """None when the person's key does not open, which the nightly check names by itself."""
    try:
        key = keys.hold(subject.person_id)  # in hand already: it has just sealed the row
    except DoesNotOpen:
        return None
    return stamp.made(key, Audited(subject.__tablename__, subject.id, digest, at))


def _line(actor: Any, action: str, reason: str, outcome: str) -> dict[str, Any]:
    return {
        "at": clock.now(),
        "user_id": actor.user_id,
        "agency_id": actor.agency_id,
        "roles": sorted(getattr(actor, "roles", ())),
        "action": action,
        "reason": reason,
        "request_id": structlog.contextvars.get_contextvars().get("request_id", ""),
        "outcome": outcome,
    }
