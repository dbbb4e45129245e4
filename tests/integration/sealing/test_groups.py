"""Sensitivity groups through the session and the database."""

import uuid
from dataclasses import replace

import pytest
import sqlalchemy as sa

from app.core import keys
from app.core.db import session, transaction
from app.core.sealing import sealed_digest
from tests.fixtures_sealing import (
    ASKER,
    Identity,
    Narrative,
    SealedNote,
    SealedPerson,
    family_name_of,
    someone,
)

pytestmark = pytest.mark.usefixtures("sealed")


@pytest.fixture
def statements(sealed):
    seen = []
    with transaction(ASKER):
        engine = session.get_bind()
    listener = lambda *args: seen.append(args[2])  # noqa: E731
    sa.event.listen(engine, "before_cursor_execute", listener)
    yield seen
    sa.event.remove(engine, "before_cursor_execute", listener)


@pytest.mark.parametrize("name", ["Okafor", "Ó Súilleabháin", "李", "كريم", "x" * 4000])
def test_a_name_in_any_script_comes_back(name):
    assert family_name_of(someone(name)) == name


def test_the_database_holds_no_word_of_it():
    person_id = someone("Featherstonehaugh")

    with transaction(ASKER):
        row = session.execute(
            sa.text("select * from sealed_person where id = :id"), {"id": person_id}
        )
        assert b"Featherstonehaugh" not in bytes(row.one().identity_sealed)


def test_a_group_is_changed_by_setting_it_again():
    person_id = someone("Okafor", given_name="Ada")

    with transaction(ASKER):
        person = session.get_one(SealedPerson, person_id)
        person.identity = replace(person.identity, family_name="Mensah")

    with transaction(ASKER):
        assert session.get_one(SealedPerson, person_id).identity == Identity("Mensah", "Ada")


def test_setting_the_same_again_writes_nothing():
    person_id = someone()

    with transaction(ASKER):
        person = session.get_one(SealedPerson, person_id)
        person.identity = Identity("Okafor")
        assert person not in session.dirty


def test_an_optional_group_may_be_empty_filled_and_emptied():
    person_id = someone()

    for value in (None, Narrative("not alone"), None):
        with transaction(ASKER):
            note = session.scalars(sa.select(SealedNote).filter_by(person_id=person_id)).one()
            note.safeguarding = value
        with transaction(ASKER):
            note = session.scalars(sa.select(SealedNote).filter_by(person_id=person_id)).one()
            assert note.safeguarding == value


def test_a_group_that_was_never_set_says_so():
    with pytest.raises(AttributeError):
        _ = SealedNote(person_id=uuid.uuid4()).narrative


def test_a_group_takes_its_own_kind_only_and_only_when_it_is_known_whose_it_is():
    with transaction(ASKER):
        with pytest.raises(TypeError):
            SealedNote(narrative=Narrative("x"))
        with pytest.raises(TypeError):
            SealedNote(person_id=uuid.uuid4(), narrative="x")


def test_a_list_of_people_costs_one_query_for_their_keys(statements):
    for number in range(5):
        someone(f"Person {number}")

    with transaction(ASKER):
        people = session.scalars(sa.select(SealedPerson)).all()
        statements.clear()
        keys.preload(person.id for person in people)
        names = {person.identity.family_name for person in people}

    assert {f"Person {number}" for number in range(5)} <= names
    assert len(statements) == 1


def test_keys_are_let_go_when_the_transaction_ends():
    person_id = someone()

    with transaction(ASKER) as begun:
        keys.preload([person_id])
        assert person_id in begun.info["person keys"]
    assert "person keys" not in begun.info


def test_the_digest_is_of_what_is_stored_and_changes_with_it():
    person_id = someone()

    with transaction(ASKER):
        person = session.get_one(SealedPerson, person_id)
        before = sealed_digest(person)
        person.identity = Identity("Mensah")
        assert sealed_digest(person) != before
        assert len(before) == 32
        assert sealed_digest(ASKER) is None
