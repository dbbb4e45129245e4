"""Counts the statements that reach the database."""

import contextlib
from collections.abc import Iterator

import sqlalchemy as sa

from app.core import db


@contextlib.contextmanager
def statements() -> Iterator[list[str]]:
    """A list that fills with every statement until the end of the block."""
    seen: list[str] = []
    engine = db.engine()

    def note(_connection, _cursor, statement, *_others):
        seen.append(statement)

    sa.event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        sa.event.remove(engine, "before_cursor_execute", note)
