"""Proofs about a tree (RFC 9162, 2.1.3 and 2.1.4): it holds an entry; it only grew.

A proof is made from a function that gives the root of any range of leaves, and checked from
hashes alone.
"""

from collections.abc import Callable

from app.core.ledger.tree import Frontier, node_hash, root_of

Subtree = Callable[[int, int], bytes]


def grown_from(old: Frontier, newer: list[bytes]) -> Subtree:
    """Subtrees of the tree that `old` becomes with `newer` leaf hashes, for its consistency."""
    known = old.subtrees()

    def subtree(start: int, end: int) -> bytes:
        whole = known.get((start, end))
        return whole or root_of(newer[start - old.size : end - old.size])

    return subtree


def inclusion(position: int, size: int, subtree: Subtree, start: int = 0) -> list[bytes]:
    """The hashes that lead from the leaf at `position` to the root of `size` leaves."""
    if size == 1:
        return []
    left = _split(size)
    middle, end = start + left, start + size
    if position < middle:
        return [*inclusion(position, left, subtree, start), subtree(middle, end)]
    return [*inclusion(position, size - left, subtree, middle), subtree(start, middle)]


def consistency(
    old: int, size: int, subtree: Subtree, start: int = 0, *, whole: bool = True
) -> list[bytes]:
    """The hashes that lead from the root of `old` leaves to that of `size` leaves."""
    if old in (0, size):
        return [] if whole else [subtree(start, start + size)]
    left = _split(size)
    middle, end = start + left, start + size
    if old <= left:
        inner = consistency(old, left, subtree, start, whole=whole)
        return [*inner, subtree(middle, end)]
    inner = consistency(old - left, size - left, subtree, middle, whole=False)
    return [*inner, subtree(start, middle)]


def includes(root: bytes, size: int, position: int, leaf: bytes, proof: list[bytes]) -> bool:
    """Whether `proof` shows that `leaf` is at `position` of the tree of that root and size."""
    if not 0 <= position < size:
        return False
    here, last = position, size - 1
    for beside in proof:
        if last == 0:
            return False
        if here & 1 or here == last:
            leaf = node_hash(beside, leaf)
            while not here & 1 and here:
                here, last = here >> 1, last >> 1
        else:
            leaf = node_hash(leaf, beside)
        here, last = here >> 1, last >> 1
    return last == 0 and leaf == root


def consistent(old_size: int, old_root: bytes, size: int, root: bytes, proof: list[bytes]) -> bool:
    """Whether `proof` shows that the larger tree is the smaller one and what was added to it."""
    if not 0 <= old_size <= size:
        return False
    if old_size == size:
        return not proof and old_root == root
    if old_size == 0:
        return not proof
    path = [old_root, *proof] if old_size & (old_size - 1) == 0 else proof
    return bool(path) and _climb(old_size - 1, size - 1, path) == (old_root, root)


def _climb(here: int, last: int, path: list[bytes]) -> tuple[bytes, bytes] | None:
    while here & 1:
        here, last = here >> 1, last >> 1
    older = newer = path[0]
    for beside in path[1:]:
        if last == 0:
            return None
        if here & 1 or here == last:
            older, newer = node_hash(beside, older), node_hash(beside, newer)
            while not here & 1 and here:
                here, last = here >> 1, last >> 1
        else:
            newer = node_hash(newer, beside)
        here, last = here >> 1, last >> 1
    return (older, newer) if last == 0 else None


def _split(size: int) -> int:
    """The largest power of two below `size`."""
    return int(1 << (size - 1).bit_length() - 1)
