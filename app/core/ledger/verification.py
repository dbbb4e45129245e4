"""Check an export: every entry against its leaf, every leaf against the signed checkpoints, and
those against what a witness outside was told.

It needs the export, the public keys, and better also the witness's file: no database.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from app.core.ledger import export_file
from app.core.ledger.checkpoint import Checkpoint, opened
from app.core.ledger.entry import Entry, hash_of, order_of, words
from app.core.ledger.note import NotSigned, Verifier
from app.core.ledger.tree import Frontier

# Longer than any transaction lasts, with the clocks of several machines.
LATE = timedelta(minutes=10)
NO_LEAF = bytes(32)
MOST_MISSING = 1_000_000


@dataclass(frozen=True)
class Signed:
    """A stored checkpoint, and the parts of the tree at that size as they are stored."""

    checkpoint: Checkpoint
    parts: list[bytes]

    def frontier(self) -> Frontier | None:
        """The tree at that size, if the parts are what was signed."""
        try:
            found = Frontier(self.checkpoint.size, list(self.parts))
        except ValueError:
            return None
        return found if found.root() == self.checkpoint.root else None


@dataclass
class Verification:
    """`problems` are in words for an operator; without any, the trail is what was signed."""

    verifiers: Sequence[Verifier]
    witnessed: Sequence[Checkpoint] = ()
    problems: list[str] = field(default_factory=list)
    entries: int = 0
    newest: Checkpoint | None = None

    def __post_init__(self) -> None:
        self._signed: dict[int, Signed] = {}
        self._tree = Frontier()
        self._before: list[Checkpoint] = []  # passed so far, oldest first
        self._last: Entry | None = None
        self._told = {one.size: one for one in self.witnessed}

    def run(self, path: Path) -> bool:
        """Read the export from end to end; whether nothing is wrong. Raises NotAnExport."""
        for number, line in enumerate(export_file.lines(path), 2):
            try:
                self._line(line)
            except (KeyError, TypeError, ValueError, AttributeError):
                self.problems.append(f"Line {number} of the export is not as it was written.")
        self._end()
        return not self.problems

    def _line(self, line: dict[str, Any]) -> None:
        if "checkpoint" in line:
            self._keep(line)
        elif "leaf" in line:
            self._leaf(line)
        elif "without_leaf" in line:
            self._without_leaf(line["without_leaf"])

    def _keep(self, line: dict[str, Any]) -> None:
        try:
            found = opened(line["checkpoint"], self.verifiers)
        except NotSigned as error:
            self.problems.append(f"A checkpoint in the export is not to be believed: {error}.")
            return
        self._signed[found.size] = Signed(found, [bytes.fromhex(one) for one in line["parts"]])
        self.newest = max(found, self.newest or found, key=lambda one: one.size)

    def _leaf(self, line: dict[str, Any]) -> None:
        self._gap(line["position"])
        if line["position"] < self._tree.size:
            self.problems.append(f"The leaf at position {line['position']} is not in its place.")
            return
        leaf, entry = bytes.fromhex(line["leaf"]), line["entry"]
        if entry is None:
            self.problems.append(f"Entry {line['id']} was deleted: its leaf is there.")
        else:
            self._entry(entry, leaf)
        self.entries += 1
        self._grow(leaf)

    def _gap(self, position: int) -> None:
        size = self._tree.size
        if size < position:
            self.problems.append(f"The leaves at positions {size} to {position - 1} are missing.")
            for _ in range(min(position - size, MOST_MISSING)):
                self._grow(NO_LEAF)

    def _entry(self, entry: Entry, leaf: bytes) -> None:
        if _hash(entry) != leaf:
            self.problems.append(f"{words(entry).capitalize()} was changed after it was sealed.")
        elif len(self._before) > 0 and _at(entry) < self._before[-1].at - LATE:
            self.problems.append(
                f"{words(entry).capitalize()} was put in later than it says: it came after"
                f" {self._before[-1].words} (or a clock was wrong)."
            )
        self._last = entry

    def _grow(self, leaf: bytes) -> None:
        self._tree.append(leaf)
        size = self._tree.size
        if (told := self._told.get(size)) and told.root != self._tree.root():
            self.problems.append(f"The witness was told another tree: {told.words}.")
        if signed := self._signed.get(size):
            self._pass(signed)

    def _pass(self, signed: Signed) -> None:
        reached, start = signed.checkpoint, self._before[-1] if self._before else None
        if self._tree.root() != reached.root:
            since = start.words if start else "the beginning"
            self.problems.append(
                f"Between {since} and {reached.words} at least one entry was changed, removed,"
                f" added or moved: positions {start.size if start else 0} to {reached.size - 1}."
            )
            # What was signed lets the rest be checked by itself.
            self._tree = signed.frontier() or self._tree
        self._before.append(reached)

    def _without_leaf(self, entry: Entry) -> None:
        if self._last is not None and order_of(entry) < order_of(self._last):
            self.problems.append(
                f"{words(entry).capitalize()} stands in the trail, but not in the tree: it was"
                " put in behind the application's back."
            )

    def _end(self) -> None:
        size = self._tree.size
        for one in _beyond(size, (one.checkpoint for one in self._signed.values())):
            self.problems.append(f"The end is missing: {one.words} is signed, {size} are here.")
        for one in _beyond(size, self.witnessed):
            self.problems.append(
                f"The end was cut off: the witness was told {one.words}, {size} are here."
            )
        if self._last is not None and not self._before:
            self.problems.append("No checkpoint that is to be believed covers any entry.")


def _beyond(size: int, checkpoints: Iterable[Checkpoint]) -> list[Checkpoint]:
    """The newest checkpoint of more entries than there are."""
    newest = max(checkpoints, key=lambda one: one.size, default=None)
    return [newest] if newest and newest.size > size else []


def _at(entry: Entry) -> datetime:
    return datetime.fromisoformat(entry["at"])


def _hash(entry: Entry) -> bytes | None:
    try:
        return hash_of(entry)
    except (KeyError, TypeError, ValueError):
        return None
