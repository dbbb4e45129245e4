"""What a damaged record does to a list, to the audit trail and to whoever writes over it."""

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
    SealedPerson,
    audited,
    blob_of,
    note_about,
    own_keys,
    put,
    refused,
    sealed,
    someone,
    tamper,
)

__all__ = ["own_keys", "sealed"]


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
