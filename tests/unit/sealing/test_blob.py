"""A sealed blob opens in its place and nowhere else."""

import os
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.keys.person_key import PersonKey
from app.core.keys.wrapping import DoesNotOpen
from app.core.sealing import blob

KEY = PersonKey(uuid.uuid4(), 3, os.urandom(32))
PLACE = blob.Place("person", "identity", uuid.uuid4())
SEALED = blob.seal(KEY, PLACE, b'{"family_name":"Okafor"}')


def refuses(key: PersonKey, place: blob.Place, sealed: bytes) -> bool:
    try:
        blob.unseal(key, place, sealed)
    except DoesNotOpen as refusal:
        return refusal.args == ()
    return False


@given(st.binary(max_size=5000))
def test_what_was_sealed_comes_back(plain):
    assert blob.unseal(KEY, PLACE, blob.seal(KEY, PLACE, plain)) == plain


@given(st.binary(max_size=600))
def test_only_a_size_to_the_next_64_bytes_shows(plain):
    sealed = blob.seal(KEY, PLACE, plain)

    header_nonce_tag = 6 + 12 + 16
    assert (len(sealed) - header_nonce_tag) % 64 == 0
    assert len(sealed) - header_nonce_tag - (len(plain) + 4) < 64


def test_the_same_words_never_look_the_same():
    assert blob.seal(KEY, PLACE, b"x") != blob.seal(KEY, PLACE, b"x")


def flipped(at: int) -> bytes:
    damaged = bytearray(SEALED)
    damaged[at // 8] ^= 1 << at % 8
    return bytes(damaged)


def test_any_flipped_bit_is_refused():
    assert all(refuses(KEY, PLACE, flipped(at)) for at in range(len(SEALED) * 8))


def test_any_cut_is_refused():
    sizes = range(len(SEALED))
    assert all(refuses(KEY, PLACE, SEALED[:size]) for size in sizes)
    assert all(refuses(KEY, PLACE, SEALED[size + 1 :]) for size in sizes)


@given(st.binary(min_size=1, max_size=80))
def test_anything_added_is_refused(more):
    assert refuses(KEY, PLACE, SEALED + more)
    assert refuses(KEY, PLACE, more + SEALED)


@given(st.binary(max_size=200))
def test_any_other_bytes_are_refused(noise):
    assert refuses(KEY, PLACE, noise)


@pytest.mark.parametrize(
    "elsewhere",
    [
        PLACE._replace(row_id=uuid.uuid4()),
        PLACE._replace(group="contact"),
        PLACE._replace(table="referral"),
        PLACE._replace(table="personi", group="dentity"),
    ],
)
def test_a_blob_moved_to_another_place_is_refused(elsewhere):
    assert refuses(KEY, elsewhere, SEALED)


def test_a_blob_moved_to_another_person_is_refused_even_under_the_same_key():
    assert refuses(PersonKey(uuid.uuid4(), 3, KEY.key), PLACE, SEALED)


def test_a_blob_of_another_generation_is_refused_even_under_the_same_key():
    relabelled = PersonKey(KEY.person_id, 4, KEY.key)

    assert refuses(relabelled, PLACE, SEALED)
    assert refuses(relabelled, PLACE, relabelled.header + SEALED[6:])


def test_a_key_is_not_printed():
    assert KEY.key.hex() not in repr(KEY)
    assert repr(KEY.key) not in repr(KEY)
