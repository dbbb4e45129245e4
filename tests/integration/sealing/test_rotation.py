"""Keys are rotated under people who go on reading and writing."""

import os
import threading

import psycopg
import pytest

from app.core import blind_index, keys
from app.core.db import session, transaction
from app.core.keys import branch
from app.core.keys.key_file import Keys, name_of
from app.core.keys.ring import Ring, ring, use
from app.core.keys.root import LocalRoot
from app.core.rotation import rotate_branch, rotate_index, rotate_root
from tests.fixtures_sealing import (
    ASKER,
    column,
    family_name_of,
    owner_engine,
    quiet,
    someone,
    tamper,
)

pytestmark = pytest.mark.usefixtures("sealed")
NEW = os.urandom(32)


def with_new_keys(*, root: tuple[bytes, ...] = (), index: tuple[bytes, ...] = ()) -> None:
    before = ring()
    use(
        Ring(LocalRoot(Keys(root)) if root else before.root, Keys(index) if index else before.index)
    )
    branch.forget()


@pytest.fixture
def old(sealed):
    """The keys of the settings; put back in use at the end."""
    settings = sealed.settings
    yield settings
    keys.configure(settings)
    with owner_engine(sealed) as engine:
        with_new_keys(root=(NEW, *settings.root_keys), index=(NEW, *settings.index_keys))
        rotate_root(engine, quiet)
        rotate_index(engine, quiet)


def test_reading_and_writing_work_after_the_old_root_key_is_gone(sealed, owner, old):
    before = someone("Before")
    with_new_keys(root=(*old.root_keys, NEW))

    rotate_root(owner, quiet)

    with_new_keys(root=(NEW,))
    assert family_name_of(before) == "Before"
    assert family_name_of(someone("After")) == "After"
    assert set(column(sealed, "select root_key from branch_key")) == {name_of(NEW)}
    with transaction(ASKER):
        keys.check_canary(session)


def test_the_root_is_rotated_while_a_person_is_being_made(sealed, owner, old):
    with_new_keys(root=(*old.root_keys, NEW))

    with transaction(ASKER):
        person_id = someone("Meanwhile")
        session.flush()
        rotate_root(owner, quiet)

    with_new_keys(root=(NEW,))
    assert family_name_of(person_id) == "Meanwhile"


def test_a_branch_key_that_somebody_holds_is_waited_for(sealed, owner, old):
    with_new_keys(root=(*old.root_keys, NEW))
    said = []
    with psycopg.connect(sealed.url("postgres")) as holding:
        holding.execute("select 1 from branch_key for update")
        letting_go = threading.Timer(0.7, holding.rollback)
        letting_go.start()
        rotate_root(owner, said.append)
        letting_go.join()
    assert said[-1].startswith("root: done")
    assert set(column(sealed, "select root_key from branch_key")) == {name_of(NEW)}


def test_the_old_root_key_alone_no_longer_starts(sealed, owner, old):
    with_new_keys(root=(*old.root_keys, NEW))
    rotate_root(owner, quiet)

    with_new_keys(root=old.root_keys)

    with transaction(ASKER), pytest.raises(keys.WrongKey, match="'root'"):
        keys.check_canary(session)


def test_a_rotated_branch_key_is_destroyed_and_everybody_is_under_the_new_one(sealed, owner):
    people = [someone(f"Person {number}") for number in range(7)]
    before = column(sealed, "select id from branch_key")

    assert rotate_branch(owner, quiet, grace=0, batch=3) == set()

    after = column(sealed, "select id from branch_key")
    assert len(after) == 1
    assert not set(after) & set(before)
    assert [family_name_of(one) for one in people] == [f"Person {number}" for number in range(7)]


def test_a_branch_key_is_kept_while_somebodys_key_does_not_open_under_it(sealed, owner):
    fine, broken = someone("Fine"), someone("Broken")
    wrapped = column(sealed, "select wrapped from person_key where person_id = %s", broken)[0]
    tamper(sealed, "update person_key set wrapped = 'x' where person_id = %s", broken)

    assert rotate_branch(owner, quiet, grace=0) == {broken}

    assert family_name_of(fine) == "Fine"
    tamper(sealed, "update person_key set wrapped = %s where person_id = %s", wrapped, broken)
    assert family_name_of(broken) == "Broken"
    assert rotate_branch(owner, quiet, grace=0) == set()
    assert len(column(sealed, "select id from branch_key")) == 1


def test_a_person_is_found_during_and_after_an_index_rotation(sealed, owner, old):
    person_id = someone("Findable", nhs_number="9990001234")
    with_new_keys(index=(*old.index_keys, NEW))
    with transaction(ASKER):
        assert blind_index.people_with_nhs_number("999 000 1234") == [person_id]

    assert rotate_index(owner, quiet) == set()

    with_new_keys(index=(NEW,))
    with transaction(ASKER):
        assert blind_index.people_with_nhs_number("999 000 1234") == [person_id]
    assert set(column(sealed, "select key_name from person_index")) == {name_of(NEW)}
