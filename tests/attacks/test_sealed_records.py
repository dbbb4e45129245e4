"""Somebody who can write in the database moves, cuts and exchanges sealed records."""

import itertools

import psycopg
import pytest
import sqlalchemy as sa

from app.core import audit
from app.core.db import session, transaction
from app.core.errors import DamagedRecord
from app.core.sealing import entries, sealed_digest
from tests.fixtures_sealing import (
    ASKER,
    Identity,
    Narrative,
    SealedNote,
    SealedPerson,
    blob_of,
    column,
    family_name_of,
    note_about,
    own_keys,
    put,
    refused,
    sealed,
    someone,
    tamper,
)

__all__ = ["own_keys", "sealed"]


def test_every_cut_and_a_flip_in_every_byte_is_refused(sealed):
    person_id = someone()
    blob = blob_of(sealed, person_id)
    # Every bit of it, without the database: tests/unit/sealing/test_blob.py.
    statement = "update sealed_person set identity_sealed = %s where id = %s"
    with psycopg.connect(sealed.server.url(sealed.name), autocommit=True) as intruder:
        for at in range(0, len(blob), 2):
            flipped = bytearray(blob)
            flipped[at] ^= 1 << at // 2 % 8
            for damaged in (bytes(flipped), blob[:at], blob[at + 1 :]):
                intruder.execute(statement, [damaged, person_id])
                refused(person_id)
    put(sealed, person_id, blob)
    assert family_name_of(person_id) == "Okafor"


def test_a_blob_copied_to_another_person_does_not_open(sealed):
    victim, other = someone("Okafor"), someone("Mensah")

    put(sealed, victim, blob_of(sealed, other))

    refused(victim)
    assert family_name_of(other) == "Mensah"


def test_a_blob_copied_to_another_row_of_the_same_person_does_not_open(sealed):
    person_id = someone()
    with transaction(ASKER):
        second = SealedNote(person_id=person_id, narrative=Narrative("second"))
        session.add(second)
    tamper(
        sealed,
        "update sealed_note set narrative_sealed = (select narrative_sealed from sealed_note"
        " where person_id = %s and id <> %s) where id = %s",
        person_id,
        second.id,
        second.id,
    )

    with transaction(ASKER), pytest.raises(DamagedRecord):
        _ = session.get_one(SealedNote, second.id).narrative


def test_a_blob_copied_to_another_group_does_not_open(sealed):
    person_id = someone()
    statement = "update sealed_note set safeguarding_sealed = narrative_sealed where person_id = %s"
    tamper(sealed, statement, person_id)

    with transaction(ASKER):
        note = note_about(person_id)
        with pytest.raises(DamagedRecord):
            _ = note.safeguarding


def test_a_blob_copied_to_another_table_does_not_open(sealed):
    person_id = someone()

    put(sealed, person_id, blob_of(sealed, person_id, "sealed_note", "narrative_sealed"))

    refused(person_id)


def test_a_row_moved_to_another_person_does_not_open(sealed):
    person_id, thief = someone(), someone("Thief")
    tamper(sealed, "update sealed_note set person_id = %s where person_id = %s", thief, person_id)

    with transaction(ASKER):
        notes = session.scalars(sa.select(SealedNote).filter_by(person_id=thief)).all()
        read = entries(notes, lambda note: note.narrative.words)

    assert sorted(entry.value or "" for entry in read) == ["", "About Thief"]


def test_a_blob_taken_away_is_damage_and_not_an_empty_record(sealed):
    person_id = someone()
    put(sealed, person_id, b"")

    refused(person_id)


def test_every_pair_of_blobs_of_two_people_exchanged_is_refused(sealed):
    people = [someone(name) for name in ("Dale", "East", "Fell")]
    blobs = {one: blob_of(sealed, one) for one in people}

    for one, other in itertools.permutations(people, 2):
        put(sealed, one, blobs[other])
        refused(one)
        put(sealed, one, blobs[one])


def test_an_old_blob_put_back_no_longer_has_the_digest_that_was_audited(sealed):
    person_id = someone("Okafor")
    old = blob_of(sealed, person_id)
    with transaction(ASKER):
        person = session.get_one(SealedPerson, person_id)
        person.identity = Identity("Mensah")
        audit.record(ASKER, "person.changed", person)
    written = column(sealed, "select digest from audit_event where subject_id = %s", person_id)

    with transaction(ASKER):
        assert sealed_digest(session.get_one(SealedPerson, person_id)) == written[-1]
    put(sealed, person_id, old)
    with transaction(ASKER):
        assert sealed_digest(session.get_one(SealedPerson, person_id)) != written[-1]
