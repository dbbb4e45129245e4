"""One line of the audit trail as an export has it, and the bytes that its leaf is made of.

The database makes the same bytes for itself (migration `audit_ledger`). Every column is in
them, each with its length, so that no two entries look the same. An entry without a stamp has the
bytes that every entry had before there were stamps.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

from app.core.ledger.tree import leaf_hash

FORM = "trellis audit entry 1"
STAMPED = "trellis audit entry 2"
COLUMNS = (
    *("id", "at", "user_id", "agency_id", "roles", "action", "subject_kind", "subject_id"),
    *("person_id", "reason", "request_id", "outcome", "digest", "written_in", "stamp"),
)
BYTES = ("digest", "stamp")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

Entry = dict[str, Any]


def hash_of(entry: Entry) -> bytes:
    """The leaf hash of an entry.

    Raises:
        KeyError, TypeError, ValueError: a column is missing or is not what it should be.
    """
    stamped = entry.get("stamp") is not None  # exports of before have no such column
    form, names = (STAMPED, COLUMNS) if stamped else (FORM, COLUMNS[:-1])
    return leaf_hash(_framed(form) + b"".join(_column(name, entry[name]) for name in names))


def words(entry: Entry) -> str:
    """How a report names an entry: nobody's name is in it."""
    return f"entry {entry.get('id')} ({entry.get('action')}, {entry.get('at')})"


def order_of(entry: Entry) -> tuple[int, int]:
    """The order in which entries are sealed: by transaction, then by number."""
    return int(entry["written_in"]), int(entry["id"])


def _column(name: str, value: Any) -> bytes:
    if value is None:
        return b"\x00"
    if name == "roles":
        return b"\x01" + len(value).to_bytes(4) + b"".join(map(_framed, value))
    if name in BYTES:
        return _framed(bytes.fromhex(value))
    if name == "at":
        return _framed(str((datetime.fromisoformat(value) - EPOCH) // timedelta(microseconds=1)))
    return _framed(str(value))


def _framed(value: str | bytes) -> bytes:
    raw = value.encode() if isinstance(value, str) else value
    return b"\x01" + len(raw).to_bytes(4) + raw
