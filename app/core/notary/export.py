"""Write the whole audit trail with its tree to a file that can be checked anywhere.

JSON, one object a line: what it is; the checkpoints; each leaf with its entry, in the order of
the tree; last, the entries that have no leaf. It names nobody, but ids are personal data too:
keep it as you keep the database.
"""

import gzip
import json
from collections.abc import Iterator
from datetime import UTC
from pathlib import Path
from typing import IO, Any

import psycopg
from psycopg.rows import dict_row

from app.core import clock, durable
from app.core.ledger.entry import BYTES, COLUMNS, Entry
from app.core.ledger.export_file import FORM

CHUNK = 2000
ENTRIES = (
    "select l.position, l.hash as leaf, l.event_id, e.*, e.written_in::text as written_in"
    " from audit_leaf l left join audit_event e on e.id = l.event_id"
)
WITHOUT_LEAF = (
    "select e.*, e.written_in::text as written_in from audit_event e where not exists"
    " (select from audit_leaf l where l.event_id = e.id) order by e.written_in, e.id"
)


def write(owner: psycopg.Connection, path: Path, origin: str) -> int:
    """Write the export, as one moment saw it; how many entries are in its tree.

    `owner` is a connection of the database's owner; memory does not grow with the trail.
    """
    owner.execute("set transaction isolation level repeatable read, read only")
    owner.execute("set local role trellis_policy")
    opener = gzip.open if path.suffix == ".gz" else open
    with durable.replacing(path) as beside, opener(beside, "wt", encoding="utf-8") as file:
        _line(file, {"form": FORM, "origin": origin, "made_at": clock.now().isoformat()})
        for row in _rows(owner, "select * from audit_checkpoint order by size"):
            frontier = [bytes(one).hex() for one in row["frontier"]]
            _line(file, {"checkpoint": row["note"], "signers": row["signers"], "parts": frontier})
        size = 0
        for row in _rows(owner, f"{ENTRIES} order by l.position"):
            _line(file, _leaf(row))
            size += 1
        for row in _rows(owner, WITHOUT_LEAF):
            _line(file, {"without_leaf": as_entry(row)})
    return size


def as_entry(row: dict[str, Any]) -> Entry:
    """A row of the trail as JSON has it."""
    entry: Entry = {name: row[name] for name in COLUMNS}
    entry["at"] = row["at"].astimezone(UTC).isoformat(timespec="microseconds")
    for name in BYTES:
        entry[name] = row[name].hex() if row[name] is not None else None
    for name in ("user_id", "agency_id", "subject_id", "person_id"):
        entry[name] = str(row[name]) if row[name] is not None else None
    return entry


def _leaf(row: dict[str, Any]) -> dict[str, Any]:
    entry = as_entry(row) if row["id"] is not None else None
    leaf = {"position": row["position"], "leaf": bytes(row["leaf"]).hex()}
    return {**leaf, "id": row["event_id"], "entry": entry}


def _rows(owner: psycopg.Connection, statement: str) -> Iterator[dict[str, Any]]:
    with owner.cursor("export", row_factory=dict_row) as cursor:
        cursor.itersize = CHUNK
        yield from cursor.execute(statement)


def _line(file: IO[str], value: dict[str, Any]) -> None:
    file.write(json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n")
