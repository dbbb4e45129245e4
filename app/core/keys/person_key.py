"""One person's data key in memory, and the keys of its sensitivity groups."""

import struct
import uuid
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.core.keys.derivation import encoded, expand

FORMAT = 1
SUITE = 1  # AES-256-GCM under HKDF-SHA256
HEADER = struct.Struct(">BBI")  # format, suite, key generation


class GroupKey(NamedTuple):
    """The cipher of one table and group, and the associated data around a row's id."""

    cipher: AESGCM
    before: bytes
    after: bytes


@dataclass(frozen=True)
class PersonKey:
    """Never printed: its repr names the person's id and the generation only."""

    person_id: uuid.UUID
    generation: int
    key: bytes = field(repr=False)
    _groups: dict[tuple[str, str], GroupKey] = field(
        default_factory=dict, repr=False, compare=False
    )

    @cached_property
    def header(self) -> bytes:
        """The first bytes of every blob sealed with this key."""
        return HEADER.pack(FORMAT, SUITE, self.generation)

    def group(self, table: str, group: str) -> GroupKey:
        """The derived key of one group of one table; derived once."""
        found = self._groups.get((table, group))
        return found or self._derive(table, group)

    def _derive(self, table: str, group: str) -> GroupKey:
        names = table.encode(), group.encode()
        cipher = AESGCM(expand(self.key, b"trellis sealed group", *names))
        # Around the row's id stand its length (an id is always 16 bytes) and the rest.
        before = encoded(self.header, *names) + (16).to_bytes(4)
        made = GroupKey(cipher, before, encoded(self.person_id.bytes))
        self._groups[(table, group)] = made
        return made
