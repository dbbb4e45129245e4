"""Somebody who can write in the database meddles with the keys of sealed records."""

import uuid

import psycopg
import pytest

from app.core.db import transaction
from app.core.errors import DamagedRecord
from tests.fixtures_sealing import (
    ASKER,
    SealedNote,
    own_keys,
    refused,
    sealed,
    someone,
    tamper,
)

__all__ = ["own_keys", "sealed"]


SWAP = """
    update person_key mine set {columns} from person_key theirs
    where mine.person_id = any(%(two)s) and theirs.person_id = any(%(two)s)
    and mine.person_id <> theirs.person_id
"""
TAKEN = [
    ("wrapped", "commitment"),
    ("wrapped",),
    ("commitment",),
]


@pytest.mark.parametrize("columns", TAKEN, ids=" and ".join)
def test_the_keys_of_two_people_exchanged_open_nothing(sealed, columns):
    two = [someone("Okafor"), someone("Mensah")]
    assignments = ", ".join(f"{name} = theirs.{name}" for name in columns)
    with psycopg.connect(sealed.server.url(sealed.name)) as intruder:
        intruder.execute(SWAP.format(columns=assignments), {"two": two})

    for person_id in two:
        refused(person_id)


def test_a_key_relabelled_as_another_generation_opens_nothing(sealed):
    person_id = someone()
    tamper(sealed, "update person_key set generation = 2 where person_id = %s", person_id)

    refused(person_id)


def test_a_key_taken_away_opens_nothing(sealed):
    person_id = someone()
    tamper(sealed, "delete from person_key where person_id = %s", person_id)

    refused(person_id)


def test_an_unknown_person_has_no_key_to_read_with(sealed):
    with transaction(ASKER):
        note = SealedNote(person_id=uuid.uuid4())
        note.narrative_sealed = b"\x01\x01\x00\x00\x00\x01" + bytes(80)
        with pytest.raises(DamagedRecord):
            _ = note.narrative
