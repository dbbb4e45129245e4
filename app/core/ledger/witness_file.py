"""What a witness was sent and keeps: checkpoints, each with a proof that the tree only grew.

`old` and the size before, the proof a hash a line, an empty line, and the signed note: the body
of a request to a witness of transparency logs (C2SP tlog-witness), and our witness files are
nothing but these one after the other.
"""

import base64
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.core.ledger import checkpoint
from app.core.ledger.checkpoint import Checkpoint
from app.core.ledger.note import NotSigned, Verifier

START = re.compile(r"^old (0|[1-9][0-9]{0,17})$", re.MULTILINE)


@dataclass(frozen=True)
class Told:
    """One record: the size that the witness knew, the proof from it, and the note."""

    old_size: int
    proof: list[bytes]
    note: str

    def __str__(self) -> str:
        hashes = "".join(f"{base64.b64encode(one).decode()}\n" for one in self.proof)
        return f"old {self.old_size}\n{hashes}\n{self.note}"

    def checkpoint(self, verifiers: Iterable[Verifier]) -> Checkpoint:
        """What was signed. Raises NotSigned."""
        return checkpoint.opened(self.note, verifiers)


def records(text: str) -> Iterator[Told]:
    """The records of a witness file, oldest first.

    Raises:
        NotSigned: something in it is no record; the message says which.
    """
    starts = [found.start() for found in START.finditer(text)]
    if text.strip() and (not starts or text[: starts[0]].strip()):
        raise NotSigned("The witness file does not begin with a record")
    ends = [*starts[1:], len(text)]
    for number, start in enumerate(starts):
        yield _record(text[start : ends[number]], number + 1)


def _record(text: str, number: int) -> Told:
    head, _, note = text.partition("\n\n")
    old, *hashes = head.splitlines()
    try:
        proof = [base64.b64decode(one, validate=True) for one in hashes]
    except ValueError:
        raise NotSigned(f"The proof in record {number} of the witness file is spoilt") from None
    return Told(int(old.removeprefix("old ")), proof, f"{note.rstrip()}\n")
