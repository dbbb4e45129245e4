"""Text signed with Ed25519, in the format that transparency logs use (C2SP signed-note).

The text, an empty line, and a line for each signature: `— name base64(key id, signature)`.
"""

import base64
import binascii
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ED25519 = b"\x01"
ID_BYTES = 4
MOST_BYTES = 65_536
DASH = "— "


class NotSigned(Exception):
    """The note is not one, or nobody whom we know signed it; the message says which."""


@dataclass(frozen=True)
class Verifier:
    """Whose signatures are believed: a name and a public key."""

    name: str
    public: bytes

    @property
    def id(self) -> bytes:
        """Four bytes by which a signature says whose it is."""
        told = self.name.encode() + b"\n" + ED25519 + self.public
        return hashlib.sha256(told).digest()[:ID_BYTES]

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{_base64(ED25519 + self.public)}"

    @classmethod
    def parse(cls, text: str) -> "Verifier":
        """Read what `str` writes.

        Raises:
            ValueError: it is not a public key.
        """
        name, _, rest = text.strip().partition("+")
        told_id, _, key = rest.partition("+")
        raw = base64.b64decode(key, validate=True)
        found = cls(name, raw[1:])
        if raw[:1] != ED25519 or found.id.hex() != told_id or not name:
            raise ValueError("That is not the public key of a signer")
        return found

    def signed(self, text: str, signature: bytes) -> bool:
        """Whether this key made the signature of this text."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, text.encode())
        except (InvalidSignature, ValueError):
            return False
        return True


class Signer:
    """A name and a private key, made from 32 random bytes."""

    def __init__(self, name: str, seed: bytes) -> None:
        if not name or any(one.isspace() or one == "+" for one in name):
            raise ValueError("The name of a signer has neither spaces nor +")
        self._key = Ed25519PrivateKey.from_private_bytes(seed)
        self.verifier = Verifier(name, self._key.public_key().public_bytes_raw())

    def line(self, text: str) -> str:
        """The line that signs `text`."""
        signature = self._key.sign(text.encode())
        return f"{DASH}{self.verifier.name} {_base64(self.verifier.id + signature)}\n"


def sign(text: str, signers: Iterable[Signer]) -> str:
    """The text as a signed note."""
    return f"{text}\n{''.join(one.line(text) for one in signers)}"


def text_of(note: str, verifiers: Iterable[Verifier]) -> str:
    """The text of a note that at least one of these has signed.

    Raises:
        NotSigned: nobody among them did, or a signature of one of them is wrong.
    """
    if len(note.encode()) > MOST_BYTES or "\n\n" not in note:
        raise NotSigned("This is not a signed note")
    text, _, lines = note.rpartition("\n\n")
    text, known, good = text + "\n", {(one.name, one.id): one for one in verifiers}, 0
    for line in lines.splitlines():
        name, signature = _signature(line)
        verifier = known.get((name, signature[:ID_BYTES]))
        if verifier is None:
            continue
        if not verifier.signed(text, signature[ID_BYTES:]):
            raise NotSigned(f"The signature of {name} is wrong")
        good += 1
    if not good:
        raise NotSigned("Nobody whose key is known has signed this")
    return text


def _signature(line: str) -> tuple[str, bytes]:
    try:
        dash, name, signature = line.split(" ")
        if dash != DASH.strip():
            raise ValueError
        return name, base64.b64decode(signature, validate=True)
    except (ValueError, binascii.Error):
        raise NotSigned("A line of signature cannot be read") from None


def _base64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
