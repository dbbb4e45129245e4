"""A checkpoint: whose tree, how many entries, its root, and when (C2SP tlog-checkpoint)."""

import base64
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from app.core.ledger import note
from app.core.ledger.note import NotSigned, Signer, Verifier

TEXT = re.compile(r"([^\s+]+)\n(0|[1-9][0-9]{0,17})\n([A-Za-z0-9+/]{43}=)\ntime (\S+)\n")


@dataclass(frozen=True)
class Checkpoint:
    """What is signed."""

    origin: str
    size: int
    root: bytes
    at: datetime

    def __str__(self) -> str:
        root = base64.b64encode(self.root).decode()
        return f"{self.origin}\n{self.size}\n{root}\ntime {self.at.isoformat()}\n"

    @property
    def words(self) -> str:
        """How a report names it."""
        return f"the checkpoint of {self.size} entries ({self.at:%d %B %Y %H:%M:%S} UTC)"

    def signed(self, signers: Iterable[Signer]) -> str:
        """As a signed note."""
        return note.sign(str(self), signers)


def opened(signed: str, verifiers: Iterable[Verifier]) -> Checkpoint:
    """The checkpoint in a signed note.

    Raises:
        NotSigned: nobody believed has signed it, or it is no checkpoint.
    """
    found = TEXT.fullmatch(note.text_of(signed, verifiers))
    try:
        origin, size, root, at = found.groups() if found else ()
        return Checkpoint(origin, int(size), base64.b64decode(root), datetime.fromisoformat(at))
    except ValueError:
        raise NotSigned("What is signed is not a checkpoint") from None
