"""Rotations while others work."""

import os
import random
import threading
import time

import pytest

from app.core import blind_index
from app.core.db import session, transaction
from app.core.keys import branch
from app.core.keys.key_file import Keys
from app.core.keys.ring import Ring, ring, use
from app.core.keys.root import LocalRoot
from app.core.rotation import rotate_branch, rotate_index, rotate_people, rotate_root
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


NEWCOMER = "9990004242"


def work(people, stop, failures, done):
    """What requests do: read somebody, change them, write a note, make somebody new."""
    while not stop.is_set():
        time.sleep(0.05)
        person_id = random.choice(people)
        try:
            with transaction(ASKER):
                person = session.get_one(SealedPerson, person_id)
                name = person.identity.family_name
                person.identity = Identity(name, str(random.random()))
                session.add(SealedNote(person_id=person_id, narrative=Narrative(name)))
            with transaction(ASKER):
                notes = session.query(SealedNote).filter_by(person_id=person_id).all()
                assert {note.narrative.words for note in notes} <= {name, f"About {name}"}
            someone("Newcomer", nhs_number=NEWCOMER)
            with transaction(ASKER):
                assert blind_index.people_with_nhs_number(NEWCOMER)
            done.append(person_id)
        except Exception as failure:
            failures.append(failure)


def before_keys(sealed) -> tuple[bytes, bytes]:
    """The keys of the settings, which the other tests go on with."""
    return sealed.settings.root_keys[0], sealed.settings.index_keys[0]


def test_nobody_notices_a_rotation(sealed, owner):
    people = [someone(f"Person {number}") for number in range(12)]
    stop, failures, done = threading.Event(), [], []
    workers = [threading.Thread(target=work, args=(people, stop, failures, done)) for _ in range(3)]
    for worker in workers:
        worker.start()
    said, before = [], ring()
    try:
        for turn in range(2):
            assert rotate_people(owner, said.append) == set()
            assert rotate_branch(owner, said.append, grace=0.2) == set()
            # A new root and a new index key join the old ones, then do without them.
            newer = (os.urandom(32), os.urandom(32)) if turn < 1 else before_keys(sealed)
            older = list(ring().root.keys.all().values()), list(ring().index.all().values())
            use(Ring(LocalRoot(Keys((*older[0], newer[0]))), Keys((*older[1], newer[1]))))
            rotate_root(owner, said.append)
            assert rotate_index(owner, said.append) == set()
            time.sleep(0.5)  # nobody who began before is still at it
            use(Ring(LocalRoot(Keys(newer[:1])), Keys(newer[1:])))
            branch.forget()
    finally:
        stop.set()
        for worker in workers:
            worker.join()

    assert failures == []
    assert len(done) > 10
    assert before.root.newest() == ring().root.newest()
    for kind in ("person", "branch", "root", "index"):
        assert any(line.startswith(f"{kind}: ") and " done" in line for line in said), kind
    assert [family_name_of(one) for one in people] == [f"Person {number}" for number in range(12)]
