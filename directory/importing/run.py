"""An import from beginning to end: in batches, each kept or lost whole, safe to run again."""

import time
from collections import Counter
from collections.abc import Callable, Iterable

import psycopg

from directory.importing import log
from directory.importing.ahead import Ahead
from directory.importing.batch import Batch, Settled
from directory.importing.entry import Entry
from directory.importing.hands import Hand
from directory.importing.needs import Needs
from directory.importing.plan import Step
from directory.importing.report import Remarks
from directory.importing.sieve import Row, Sieve
from directory.importing.store import Store

BATCH = 500
Say = Callable[[str], None]


class Import:
    """One import of one source. A dry run gives every batch up.

    `keep` says whether a dry run is remembered, as every other import is.
    """

    def __init__(
        self,
        hand: Hand,
        source: str,
        report: Remarks,
        *,
        dry_run: bool = False,
        keep: bool = False,
    ) -> None:
        self.hand, self.source, self.dry_run = hand, source, dry_run
        self.keep = keep or not dry_run
        self.counts: Counter[str] = Counter()
        self.is_logged = False
        self.sieve = Sieve(report, self.counts)
        self.needs = Needs(hand.connection)
        self._settled: Settled = {}

    def run(self, rows: Iterable[Row], words: Say, progress: Say) -> Counter[str]:
        """Take every row; `words` hears of each change, `progress` of each batch."""
        with log.alone(self.hand.connection, self.source):
            self.begin()
            began = time.monotonic()
            batches = Ahead(rows, BATCH, self.sieve.entries)
            for count, entries in batches:
                self.counts["read"] += count
                for step in self._keep(entries, batches.read_on):
                    self._tell(step, words)
                self.log.note(self.counts)
                speed = self.counts["read"] / max(time.monotonic() - began, 0.001)
                progress(f"{self.counts['read']:,} services read, {speed:,.0f} a second")
            missing = self.sieve.gone(self.log.services())
            if not self.dry_run:
                self.store.left(missing)
            self.log.end(self.counts)
        return self.counts

    def begin(self) -> None:
        """Say in the log that it begins."""
        self.log = log.ImportLog(self.hand, self.source, dry_run=self.dry_run, keep=self.keep)
        self.store = Store(self.hand, self.log.source_id)
        self.is_logged = True

    def _keep(self, entries: list[Entry], meanwhile: Callable[[], object]) -> list[Step]:
        """Write these whole; when the database refuses, one by one to find which it was."""
        try:
            return self._written(entries, meanwhile)
        except (psycopg.DataError, psycopg.IntegrityError) as error:
            if len(entries) == 1:
                why = error.diag.message_primary or type(error).__name__
                self.sieve.refuse(entries[0], "row", f"the database refuses it: {why}")
                return []
        return [step for one in entries for step in self._keep([one], meanwhile)]

    def _written(self, entries: list[Entry], meanwhile: Callable[[], object]) -> list[Step]:
        with self.hand.batch(undo=self.dry_run):
            batch = Batch(self.store, self._settled, self.needs.code_of)
            steps = batch.decide(entries)
            if not self.dry_run:
                told = [one for one in steps if one.is_told]
                self.store.write(told, self.needs.ids, f"feed: {self.source}", meanwhile)
        self._settled |= batch.ids
        return steps

    def _tell(self, step: Step, words: Say) -> None:
        self.counts[f"{step.wanted.kind} {step.outcome}"] += 1
        if step.held:
            self.counts["fields kept as changed here"] += len(step.held)
        if self.dry_run:
            for one in step.words:
                words(one)
