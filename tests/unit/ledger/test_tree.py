"""The tree and its proofs, against the standard's examples and for any tree and any lie."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.ledger import proofs
from app.core.ledger.tree import EMPTY, Frontier, leaf_hash, node_hash, root_of

# The eight entries that implementations of RFC 6962 check each other with, and their roots.
ENTRIES = [
    bytes.fromhex(one)
    for one in (
        *("", "00", "10", "2021", "3031", "40414243", "5051525354555657"),
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
hashes = st.binary(min_size=32, max_size=32)


def leaves_of(size):
    return [leaf_hash(str(number).encode()) for number in range(size)]


def ranges_of(leaves):
    return lambda start, end: root_of(leaves[start:end])


def by_definition(entries):
    """MTH of RFC 6962, 2.1, word for word."""
    if not entries:
        return hashlib.sha256(b"").digest()
    if len(entries) == 1:
        return hashlib.sha256(b"\x00" + entries[0]).digest()
    half = 1
    while half * 2 < len(entries):
        half *= 2
    left, right = by_definition(entries[:half]), by_definition(entries[half:])
    return hashlib.sha256(b"\x01" + left + right).digest()


@pytest.mark.parametrize("size", range(9))
def test_the_published_roots_come_out(size):
    assert root_of(map(leaf_hash, ENTRIES[:size])).hex() == ROOTS[size]


@given(st.lists(st.binary(max_size=40), max_size=70))
def test_a_tree_grown_leaf_by_leaf_is_the_tree_of_the_definition(entries):
    assert root_of(map(leaf_hash, entries)) == by_definition(entries)


def test_the_proofs_of_the_standards_example_tree():
    """RFC 9162, 2.1.5: seven entries, the inner nodes called g to l as there."""
    a, b, c, d, e, f, j = leaves = leaves_of(7)
    g, h, i = node_hash(a, b), node_hash(c, d), node_hash(e, f)
    k, l_ = node_hash(g, h), node_hash(i, j)
    ranges = ranges_of(leaves)
    assert proofs.inclusion(0, 7, ranges) == [b, h, l_]
    assert proofs.inclusion(3, 7, ranges) == [c, g, l_]
    assert proofs.inclusion(4, 7, ranges) == [f, j, k]
    assert proofs.inclusion(6, 7, ranges) == [i, k]
    assert proofs.consistency(3, 7, ranges) == [c, d, g, l_]
    assert proofs.consistency(4, 7, ranges) == [l_]
    assert proofs.consistency(6, 7, ranges) == [i, j, k]


def test_every_entry_of_every_small_tree_is_proved_and_no_other_place_is():
    for size in range(1, 18):
        leaves = leaves_of(size)
        root = root_of(leaves)
        for position in range(size):
            proof = proofs.inclusion(position, size, ranges_of(leaves))
            found = [
                place
                for place in range(-1, size + 2)
                if proofs.includes(root, size, place, leaves[position], proof)
            ]
            assert found == [position]
            assert not proofs.includes(root, size, position, leaf_hash(b"other"), proof)


def test_every_pair_of_small_trees_is_consistent_and_no_forged_pair_is():
    for size in range(18):
        leaves = leaves_of(size)
        root = root_of(leaves)
        for old in range(size + 1):
            before = root_of(leaves[:old])
            proof = proofs.consistency(old, size, ranges_of(leaves))
            assert proofs.consistent(old, before, size, root, proof)
            assert not proofs.consistent(size + 1, root, size, root, proof)
            if old:
                assert not proofs.consistent(old, leaf_hash(b"x"), size, root, proof)
            if 0 < old < size:
                assert not proofs.consistent(old, before, size, leaf_hash(b"x"), proof)
                assert not proofs.consistent(old, before, size, root, proof[:-1])
                assert not proofs.consistent(old, before, size, root, [*proof, EMPTY])


@given(st.integers(0, 60), st.integers(0, 60))
def test_a_frontier_and_the_newer_leaves_are_enough_for_a_consistency_proof(old, more):
    leaves = leaves_of(old + more)
    frontier = Frontier()
    frontier.extend(leaves[:old])
    subtree = proofs.grown_from(frontier, leaves[old:])
    proof = proofs.consistency(old, old + more, subtree)
    assert proof == proofs.consistency(old, old + more, ranges_of(leaves))
    assert proofs.consistent(old, frontier.root(), old + more, root_of(leaves), proof)


@given(st.integers(1, 80), st.data())
def test_no_proof_survives_a_changed_hash(size, data):
    leaves = leaves_of(size)
    position = data.draw(st.integers(0, size - 1))
    proof = proofs.inclusion(position, size, ranges_of(leaves))
    if proof:
        forged = list(proof)
        forged[data.draw(st.integers(0, len(proof) - 1))] = data.draw(hashes)
        root = root_of(leaves)
        assert proofs.includes(root, size, position, leaves[position], forged) == (forged == proof)


def test_a_frontier_of_the_wrong_number_of_parts_is_none():
    with pytest.raises(ValueError, match="6 leaves"):
        Frontier(6, [EMPTY])
