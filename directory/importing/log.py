"""What is remembered of a source and of each import of it."""

import uuid
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg.types.json import Jsonb

from app.core.errors import Conflict
from directory.importing.entry import Remark
from directory.importing.hands import LASTING, Hand

SOURCE = """
    insert into directory_source (id, created_at, name) values (%s, now(), %s)
    on conflict (name) do nothing"""
KNOWN = "select id from directory_source where name = %s"
BEGIN = """
    insert into source_import (id, source_id, started_at, dry_run)
    values (%s, %s, clock_timestamp(), %s)"""
NOTE = "update source_import set counts = %s where id = %s"
END = """
    update source_import set counts = %s, failure = %s, ended_at = clock_timestamp()
    where id = %s"""
REMARKS = """
    insert into source_remark (import_id, number, outcome, external_id, name, about, value, reason)
    select %s, * from jsonb_to_recordset(%s) r(number int, outcome text, external_id text,
        name text, about text, value text, reason text)"""
SERVICES = """
    select external_id, said ->> 'name' from source_record
    where source_id = %s and kind = 'service' order by external_id"""


class ImportLog:
    """One import of the source with this name; without `keep` it leaves no trace."""

    def __init__(self, hand: Hand, source: str, *, dry_run: bool, keep: bool) -> None:
        self.hand, self.keep = hand, keep
        self.id, self.source_id = uuid.uuid4(), uuid.uuid4()
        with hand.batch(undo=not keep):
            known = hand.connection.execute(KNOWN, [source]).fetchone()
            if known:
                self.source_id = known[0]
            else:
                hand.connection.execute(SOURCE, [self.source_id, source])
            hand.connection.execute(BEGIN, [self.id, self.source_id, dry_run])

    def taken_up(self, hand: Hand) -> None:
        """Write on from another connection: the one it began with is gone."""
        self.hand = hand

    def note(self, counts: Counter[str]) -> None:
        """Remember how far it is."""
        self._write(NOTE, [Jsonb(counts), self.id])

    def end(self, counts: Counter[str], failure: str = "") -> None:
        """Remember that it came to its end, or what broke it off."""
        with self.hand.batch(undo=not self.keep):
            # With it everything before it is on the disk.
            self.hand.connection.execute(LASTING)
            self.hand.connection.execute(END, [Jsonb(counts), failure, self.id])

    def remarks(self, remarks: list[Remark]) -> None:
        """Keep what a person should look at."""
        rows = [{"number": number, **vars(one)} for number, one in enumerate(remarks, 1)]
        self._write(REMARKS, [self.id, Jsonb(rows)])

    def services(self) -> list[tuple[str, str]]:
        """Every service that this source has ever said: id and name."""
        with self.hand.batch(undo=True):
            return self.hand.connection.execute(SERVICES, [self.source_id]).fetchall()

    def _write(self, statement: str, values: list[object]) -> None:
        with self.hand.batch(undo=not self.keep):
            self.hand.connection.execute(statement, values)


@contextmanager
def alone(connection: psycopg.Connection, source: str) -> Iterator[None]:
    """Two imports of one source at once would each add what the other is adding."""
    asked = ["directory import " + source]
    taken = connection.execute("select pg_try_advisory_lock(hashtextextended(%s, 0))", asked)
    if taken.fetchone() != (True,):
        raise Conflict("Another import of this source is running: wait until it has ended")
    try:
        yield
    finally:
        if not connection.closed:
            connection.execute("select pg_advisory_unlock(hashtextextended(%s, 0))", asked)
