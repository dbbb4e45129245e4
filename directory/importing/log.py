"""What is remembered of a source and of each import of it."""

import uuid
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg.types.json import Jsonb

from app.core.errors import Conflict

SOURCE = """
    insert into directory_source (id, created_at, name) values (%s, now(), %s)
    on conflict (name) do nothing"""
BEGIN = "insert into source_import (id, source_id, started_at) values (%s, %s, clock_timestamp())"
NOTE = "update source_import set counts = %s where id = %s"
END = "update source_import set counts = %s, ended_at = clock_timestamp() where id = %s"
SERVICES = """
    select external_id, said ->> 'name' from source_record
    where source_id = %s and kind = 'service' order by external_id"""


class ImportLog:
    """One import of the source with this name; a dry run leaves no trace."""

    def __init__(self, owner: psycopg.Connection, source: str, *, dry_run: bool) -> None:
        self.owner, self.dry_run = owner, dry_run
        self.id, self.source_id = uuid.uuid4(), uuid.uuid4()
        with _as_policy(owner, undo=dry_run):
            owner.execute(SOURCE, [self.source_id, source])
            found = owner.execute("select id from directory_source where name = %s", [source])
            self.source_id = (found.fetchone() or (self.source_id,))[0]
            owner.execute(BEGIN, [self.id, self.source_id])

    def note(self, counts: Counter[str]) -> None:
        """Remember how far it is; inside the transaction of a batch."""
        self.owner.execute(NOTE, [Jsonb(counts), self.id])

    def end(self, counts: Counter[str]) -> None:
        """Remember that it came to its end."""
        with _as_policy(self.owner, undo=self.dry_run):
            self.owner.execute(END, [Jsonb(counts), self.id])

    def services(self) -> Iterator[tuple[str, str]]:
        """Every service that this source has ever said: id and name."""
        with _as_policy(self.owner, undo=True):
            yield from self.owner.execute(SERVICES, [self.source_id]).fetchall()


@contextmanager
def alone(owner: psycopg.Connection, source: str) -> Iterator[None]:
    """Two imports of one source at once would each add what the other is adding."""
    asked = ["directory import " + source]
    taken = owner.execute("select pg_try_advisory_lock(hashtextextended(%s, 0))", asked)
    if taken.fetchone() != (True,):
        raise Conflict("Another import of this source is running: wait until it has ended")
    try:
        yield
    finally:
        if not owner.closed:
            owner.execute("select pg_advisory_unlock(hashtextextended(%s, 0))", asked)


@contextmanager
def _as_policy(owner: psycopg.Connection, *, undo: bool) -> Iterator[None]:
    with owner.transaction(force_rollback=undo):
        owner.execute("set local role trellis_policy")
        yield
