"""Prove, from an export, that an entry is in the tree, or that one tree grew from another.

The proof is a text that can be checked by anybody with the signed checkpoint and RFC 9162.
"""

import base64
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from app.core.ledger import export_file, proofs
from app.core.ledger.checkpoint import Checkpoint, opened
from app.core.ledger.entry import Entry, hash_of, words
from app.core.ledger.note import NotSigned, Verifier
from app.core.ledger.tree import root_of
from app.core.ledger.witness_file import Told


class NotProved(Exception):
    """There is no such proof; the message says why."""


class Prover:
    """The leaves and believable checkpoints of one export: in memory, 150 bytes an entry."""

    def __init__(self, path: Path, verifiers: Sequence[Verifier]) -> None:
        self.leaves: list[bytes] = []
        self.places: dict[int, int] = {}
        self.notes: dict[int, tuple[Checkpoint, str]] = {}
        self._verifiers = verifiers
        self._path = path
        for line in export_file.lines(path):
            self._take(line)

    def inclusion(self, entry_id: int) -> str:
        """The entry, its place, the path to the root, and the newest signed checkpoint.

        Raises:
            NotProved: it is not in the tree, or not as it was sealed.
        """
        position, entry = self._place(entry_id)
        newest, note = self._newest()
        if position >= newest.size:
            raise NotProved(f"Entry {entry_id} is newer than every checkpoint")
        path = proofs.inclusion(position, newest.size, self._range)
        if not proofs.includes(newest.root, newest.size, position, hash_of(entry), path):
            raise NotProved(f"{words(entry).capitalize()} is not what was sealed: run `verify`")
        shown: dict[str, Any] = {"entry": entry, "position": position}
        shown |= {"leaf": hash_of(entry).hex(), "path": _texts(path), "checkpoint": note}
        return json.dumps(shown, ensure_ascii=False, indent=2)

    def consistency(self, old_size: int, size: int) -> str:
        """The proof, as a witness is sent it, that the tree of `old_size` became that of `size`.

        Raises:
            NotProved: there are no such checkpoints, or one did not grow from the other.
        """
        old, (new, note) = self._checkpoint(old_size)[0], self._checkpoint(size)
        if old_size > size:
            raise NotProved("Give the smaller checkpoint first")
        path = proofs.consistency(old_size, size, self._range)
        if not proofs.consistent(old_size, old.root, size, new.root, path):
            raise NotProved(f"{new.words} did not grow from {old.words}: run `verify`")
        return str(Told(old_size, path, note))

    def _take(self, line: dict[str, Any]) -> None:
        if "checkpoint" in line:
            try:
                found = opened(line["checkpoint"], self._verifiers)
            except NotSigned:
                return
            self.notes[found.size] = found, line["checkpoint"]
        elif "leaf" in line:
            self.places[line["id"]] = len(self.leaves)
            self.leaves.append(bytes.fromhex(line["leaf"]))

    def _place(self, entry_id: int) -> tuple[int, Entry]:
        if entry_id not in self.places:
            raise NotProved(f"There is no entry {entry_id} in the tree of this export")
        (entry,) = (one["entry"] for one in export_file.leaves(self._path) if one["id"] == entry_id)
        if entry is None:
            raise NotProved(f"Entry {entry_id} was deleted: only its leaf is there")
        return self.places[entry_id], entry

    def _newest(self) -> tuple[Checkpoint, str]:
        if not self.notes:
            raise NotProved("No checkpoint in this export is to be believed")
        return self.notes[max(self.notes)]

    def _checkpoint(self, size: int) -> tuple[Checkpoint, str]:
        if size not in self.notes or size > len(self.leaves):
            known = ", ".join(map(str, sorted(self.notes)[-8:])) or "none"
            raise NotProved(f"There is no checkpoint of {size} entries; the last are of: {known}")
        return self.notes[size]

    def _range(self, start: int, end: int) -> bytes:
        return root_of(self.leaves[start:end])


def _texts(hashes: list[bytes]) -> list[str]:
    return [base64.b64encode(one).decode() for one in hashes]
