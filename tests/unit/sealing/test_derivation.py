"""Keys made from keys, and keys sealed under keys."""

import os

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand
from hypothesis import given
from hypothesis import strategies as st

from app.core.keys import derivation
from app.core.keys.wrapping import DoesNotOpen, check_commitment, unwrap, wrap

PARTS = st.lists(st.binary(max_size=12), max_size=4)


@given(PARTS, PARTS)
def test_two_lists_of_parts_are_never_encoded_alike(one, other):
    assert (derivation.encoded(*one) == derivation.encoded(*other)) == (one == other)


@given(st.binary(min_size=32, max_size=32), st.binary(), st.binary())
def test_expanding_a_key_is_hkdf_expand(key, purpose, about):
    standard = HKDFExpand(hashes.SHA256(), 32, derivation.encoded(purpose, about))

    assert derivation.expand(key, purpose, about) == standard.derive(key)


@given(st.binary(max_size=100), st.binary(max_size=40))
def test_a_wrapped_key_opens_only_for_what_it_was_wrapped_for(plain, about):
    key = os.urandom(32)
    wrapped = wrap(key, plain, about)

    assert unwrap(key, wrapped, about) == plain
    for wrong in ((os.urandom(32), about), (key, about + b"x")):
        with pytest.raises(DoesNotOpen):
            unwrap(wrong[0], wrapped, wrong[1])


@pytest.mark.parametrize("wrapped", [b"", b"short", bytes(range(60))])
def test_what_was_not_wrapped_does_not_open(wrapped):
    with pytest.raises(DoesNotOpen):
        unwrap(os.urandom(32), wrapped, b"")


def test_a_commitment_holds_for_one_key_and_one_use():
    key = os.urandom(32)
    promised = derivation.commitment(key, b"for her")

    check_commitment(key, promised, b"for her")
    with pytest.raises(DoesNotOpen):
        check_commitment(os.urandom(32), promised, b"for her")
    with pytest.raises(DoesNotOpen):
        check_commitment(key, promised, b"for him")
