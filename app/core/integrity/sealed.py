"""One sealed table against the newest digest that the application itself audited of each row.

A digest is believed when its stamp is ours and stands in no earlier line, or when it has none and
was sealed into the tree before stamps began. A person whose key does not open has no stamps that
can be judged: another stage names the key.
"""

import uuid
from collections.abc import Iterator
from itertools import dropwhile
from typing import Any

import sqlalchemy as sa

from app.core.db import session
from app.core.integrity.problem import Batch, Problem
from app.core.keys import stamp
from app.core.keys.person_key import PersonKey
from app.core.keys.person_row import opened

NEXT = sa.text("select * from trellis.check_digests(:table, :after, :batch)")
LINES = sa.text("select * from trellis.check_lines(:row_id, :most)")
# Somebody who puts in more lines than this of one row is named for that alone.
MOST_LINES = 1000


def look(table: str, after: uuid.UUID, batch: int) -> Batch:
    """The next rows of one table."""
    rows = session.execute(NEXT, {"table": table, "after": after, "batch": batch}).all()
    keys = opened(session, [row for row in rows if row.wrapped is not None])
    problems = [
        Problem(table, row.id, row.person_id, words)
        for row in rows
        for words in _wrong(table, row, keys.get(row.person_id))
    ]
    unaudited = sum(row.digest is None and not row.erased and not row.is_empty for row in rows)
    return Batch(rows[-1].id if rows else None, len(rows), unaudited, problems)


def _wrong(table: str, row: Any, key: PersonKey | None) -> Iterator[str]:
    if row.erased and not row.is_empty:
        yield "erased content came back"
    if row.erased or row.digest is None:
        return
    believed = _is_believed(table, row.id, row, key)
    if not believed:
        yield "the digest is not ours"
    if not believed or row.digest != row.stored:
        yield from _how_it_differs(table, row, key)


def _is_believed(table: str, row_id: uuid.UUID, line: Any, key: PersonKey | None) -> bool:
    return key is None or stamp.is_believed(key, table, row_id, line)


def _how_it_differs(table: str, row: Any, key: PersonKey | None) -> Iterator[str]:
    """From the newest line that is believed, if there is one."""
    every = session.execute(LINES, {"row_id": row.id, "most": MOST_LINES})
    lines = list(dropwhile(lambda line: not _is_believed(table, row.id, line, key), every))
    if lines and lines[0].digest != row.stored:
        was_once = any(line.digest == row.stored for line in lines)
        yield "old content was put back" if was_once else "content was changed"
