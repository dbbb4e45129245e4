"""Somebody who can write in the database moves, cuts, swaps and puts back sealed records."""

import itertools
import uuid

import psycopg
import pytest
import sqlalchemy as sa

from app.core import keys
from app.core.db import session, transaction
from app.core.errors import DamagedRecord
from app.core.sealing import entries
from tests.fixtures_sealing import (
    ASKER,
    Identity,
    Narrative,
    SealedNote,
    SealedPerson,
    family_name_of,
    own_keys,
    sealed,
    someone,
    tamper,
)

__all__ = ["own_keys", "sealed"]


def blob_of(database, person_id, table="sealed_person", column="identity_sealed") -> bytes:
    whose = "id" if table == "sealed_person" else "person_id"
    with psycopg.connect(database.server.url(database.name)) as intruder:
        query = f"select {column} from {table} where {whose} = %s"
        return intruder.execute(query, [person_id]).fetchone()[0]


def put(database, person_id, blob):
    tamper(database, "update sealed_person set identity_sealed = %s where id = %s", blob, person_id)


def note_about(person_id) -> SealedNote:
    return session.scalars(sa.select(SealedNote).filter_by(person_id=person_id)).one()


def refused(person_id) -> str:
    """Read the person: the words of the refusal, having checked that the audit names it."""
    with pytest.raises(DamagedRecord) as refusal:
        family_name_of(person_id)
    assert refusal.value.message == (
        f"This record cannot be opened (reference {refusal.value.reference})"
    )
    return refusal.value.reference


def audited(database, reference) -> list[tuple]:
    with psycopg.connect(database.server.url(database.name)) as reader:
        return reader.execute(
            "select action, subject_kind, subject_id, person_id from audit_event"
            " where reason like %s",
            [f"reference {reference}:%"],
        ).fetchall()


def test_every_cut_and_a_flip_in_every_byte_is_refused(sealed):
    person_id = someone()
    blob = blob_of(sealed, person_id)
    for at in range(0, len(blob), 7):
        flipped = bytearray(blob)
        flipped[at] ^= 0x40
        for damaged in (bytes(flipped), blob[:at], blob[at + 1 :]):
            put(sealed, person_id, damaged)
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


def test_a_list_shows_the_others_and_a_reference_for_the_damaged_one(sealed):
    people = {name: someone(name) for name in ("Abbey", "Brook", "Cliff")}
    put(sealed, people["Brook"], b"\x01\x01\x00\x00\x00\x01" + bytes(80))

    with transaction(ASKER):
        rows = session.scalars(
            sa.select(SealedPerson).where(SealedPerson.id.in_(people.values()))
        ).all()
        keys.preload(row.id for row in rows)
        lines = {line.row.id: line for line in entries(rows, lambda row: row.identity.family_name)}
        again = entries(rows, lambda row: row.identity.family_name)

    damaged = lines.pop(people["Brook"])
    assert {line.value for line in lines.values()} == {"Abbey", "Cliff"}
    assert not any(line.damaged for line in lines.values())
    assert damaged.words == f"This record cannot be opened (reference {damaged.reference})"
    assert {line.reference for line in again} == {"", damaged.reference}
    assert audited(sealed, damaged.reference) == [
        ("integrity_failure", "sealed_person", people["Brook"], people["Brook"])
    ]


def test_damage_is_audited_although_the_transaction_is_rolled_back(sealed):
    person_id = someone()
    put(sealed, person_id, b"x" * 100)

    reference = refused(person_id)

    assert audited(sealed, reference) == [
        ("integrity_failure", "sealed_person", person_id, person_id)
    ]


def test_nothing_is_written_over_a_damaged_blob(sealed):
    person_id = someone()
    good = blob_of(sealed, person_id)
    bad = good[:-1] + bytes([good[-1] ^ 1])
    put(sealed, person_id, bad)

    with transaction(ASKER):
        person = session.get_one(SealedPerson, person_id)
        with pytest.raises(DamagedRecord):
            person.identity = Identity("Overwritten")

    assert blob_of(sealed, person_id) == bad


def test_an_emptied_optional_group_is_not_written_over_while_damaged(sealed):
    person_id = someone()
    statement = "update sealed_note set safeguarding_sealed = 'x' where person_id = %s"
    tamper(sealed, statement, person_id)

    for value in (None, Narrative("over it")):
        with transaction(ASKER):
            note = note_about(person_id)
            with pytest.raises(DamagedRecord):
                note.safeguarding = value


def test_every_pair_of_blobs_of_two_people_exchanged_is_refused(sealed):
    people = [someone(name) for name in ("Dale", "East", "Fell")]
    blobs = {one: blob_of(sealed, one) for one in people}

    for one, other in itertools.permutations(people, 2):
        put(sealed, one, blobs[other])
        refused(one)
        put(sealed, one, blobs[one])


def test_an_unknown_person_has_no_key_to_read_with(sealed):
    with transaction(ASKER):
        note = SealedNote(person_id=uuid.uuid4())
        note.narrative_sealed = b"\x01\x01\x00\x00\x00\x01" + bytes(80)
        with pytest.raises(DamagedRecord):
            _ = note.narrative
