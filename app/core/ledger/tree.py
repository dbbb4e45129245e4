"""The Merkle tree of RFC 6962, grown at its right edge."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field

EMPTY = hashlib.sha256(b"").digest()


def leaf_hash(entry: bytes) -> bytes:
    """The hash of one entry; the prefix tells it from that of two subtrees."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of two subtrees beside each other."""
    return hashlib.sha256(b"\x01" + left + right).digest()


@dataclass
class Frontier:
    """All of a tree that is needed to let it grow: its whole subtrees, the largest first.

    There are as many as `size` has ones in binary, so at most 63.
    """

    size: int = 0
    hashes: list[bytes] = field(default_factory=list)

    def __post_init__(self) -> None:
        if len(self.hashes) != self.size.bit_count():
            raise ValueError(f"A tree of {self.size} leaves has not {len(self.hashes)} parts")

    def append(self, leaf: bytes) -> None:
        """Add one leaf hash."""
        below = self.size
        while below & 1:
            leaf, below = node_hash(self.hashes.pop(), leaf), below >> 1
        self.hashes.append(leaf)
        self.size += 1

    def extend(self, leaves: Iterable[bytes]) -> None:
        """Add leaf hashes in their order."""
        for leaf in leaves:
            self.append(leaf)

    def root(self) -> bytes:
        """The hash that stands for every leaf and its place."""
        if not self.hashes:
            return EMPTY
        *lefts, root = self.hashes
        for left in reversed(lefts):
            root = node_hash(left, root)
        return root

    def subtrees(self) -> dict[tuple[int, int], bytes]:
        """The parts, by the range of leaves that each stands for."""
        found, start, sizes = {}, 0, [1 << bit for bit in range(self.size.bit_length())]
        parts = [size for size in reversed(sizes) if size & self.size]
        for size, part in zip(parts, self.hashes, strict=True):
            found[start, start + size] = part
            start += size
        return found


def root_of(leaves: Iterable[bytes]) -> bytes:
    """The root of a tree of these leaf hashes."""
    grown = Frontier()
    grown.extend(leaves)
    return grown.root()
