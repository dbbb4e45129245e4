"""A person's data key is rotated: all that is sealed of them is sealed anew."""

import os
import threading
import time

import psycopg
import pytest
import sqlalchemy as sa

from app.core import keys
from app.core.db import session, transaction
from app.core.errors import Conflict
from app.core.rotation import rotate_people
from app.core.rotation.progress import alone
from tests.fixtures_sealing import (
    ASKER,
    Identity,
    Narrative,
    SealedNote,
    SealedPerson,
    column,
    family_name_of,
    quiet,
    someone,
    tamper,
)

pytestmark = pytest.mark.usefixtures("sealed")
NEW = os.urandom(32)


def test_a_rotated_person_has_a_new_key_and_every_blob_is_new(sealed, owner):
    person_id = someone("Okafor")
    blobs = (
        "select identity_sealed from sealed_person union select narrative_sealed from sealed_note"
    )
    before = set(column(sealed, blobs))

    assert rotate_people(owner, quiet, batch=2) == set()

    assert not before & set(column(sealed, blobs))
    assert column(sealed, "select generation from person_key where person_id = %s", person_id) == [
        2
    ]
    assert family_name_of(person_id) == "Okafor"
    digests = (
        "select octet_length(digest) from audit_event"
        " where action = 'sealed anew' and person_id = %s"
    )
    assert column(sealed, digests, person_id) == [32, 32]


def test_an_old_blob_put_back_after_a_rotation_does_not_open(sealed, owner):
    person_id = someone()
    blob = column(sealed, "select identity_sealed from sealed_person where id = %s", person_id)[0]
    rotate_people(owner, quiet)
    tamper(sealed, "update sealed_person set identity_sealed = %s where id = %s", blob, person_id)

    with pytest.raises(Exception, match="cannot be opened"):
        family_name_of(person_id)
    tamper(sealed, "delete from sealed_person where id = %s", person_id)


def test_a_person_with_a_damaged_record_keeps_the_old_key(sealed, owner):
    person_id = someone("Damaged")
    read = "select identity_sealed from sealed_person where id = %s"
    write = "update sealed_person set identity_sealed = %s where id = %s"
    good = column(sealed, read, person_id)[0]
    tamper(sealed, write, good[:-1], person_id)

    assert rotate_people(owner, quiet) == {person_id}

    assert column(sealed, read, person_id) == [good[:-1]]
    tamper(sealed, write, good, person_id)
    assert family_name_of(person_id) == "Damaged"


def test_a_reader_who_began_before_the_rotation_reads_on(sealed, owner):
    person_id = someone("Steady")
    with transaction(ASKER):
        person = session.get_one(SealedPerson, person_id)
        keys.preload([person_id])
        note = session.scalars(sa.select(SealedNote).filter_by(person_id=person_id)).one()

        rotate_people(owner, quiet)

        assert person.identity.family_name == "Steady"  # the old blob, the old key
        session.expire(note)
        assert note.narrative == Narrative("About Steady")  # the new blob, the key read afresh


def test_a_reader_with_the_old_blob_and_the_new_key_reads_the_blob_again(sealed, owner):
    person_id = someone("Steady")
    with transaction(ASKER):
        person = session.get_one(SealedPerson, person_id)

        rotate_people(owner, quiet)

        assert person.identity.family_name == "Steady"


def test_a_writer_is_waited_for_and_their_words_are_kept(sealed, owner):
    person_id = someone("Before")
    with transaction(ASKER):
        person = session.get_one(SealedPerson, person_id)
        person.identity = Identity("Written meanwhile")
        session.flush()
        left = []
        rotation = threading.Thread(target=lambda: left.append(rotate_people(owner, quiet)))
        rotation.start()
        time.sleep(0.5)
        assert rotation.is_alive()
    rotation.join()

    assert left == [set()]
    assert family_name_of(person_id) == "Written meanwhile"


def test_two_rotations_do_not_go_on_at_once(owner):
    with alone(owner), pytest.raises(Conflict):
        rotate_people(owner, quiet)
    rotate_people(owner, quiet)


def test_a_rotation_refuses_a_sealed_column_that_no_model_knows(sealed, owner):
    with psycopg.connect(sealed.server.url(sealed.name)) as admin:
        admin.execute("alter table sealed_note add column forgotten_sealed bytea")
    try:
        with pytest.raises(Conflict, match=r"sealed_note\.forgotten_sealed"):
            rotate_people(owner, quiet)
    finally:
        with psycopg.connect(sealed.server.url(sealed.name)) as admin:
            admin.execute("alter table sealed_note drop column forgotten_sealed")
