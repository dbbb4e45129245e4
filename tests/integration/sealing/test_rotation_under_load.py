"""Rotations while others work, and a rotation that is killed."""

import base64
import os
import random
import signal
import subprocess
import sys
import textwrap
import threading
import time

import pytest

from app.core.db import session, transaction
from app.core.errors import Conflict
from app.core.rotation import rotate_branch, rotate_people
from tests.fixtures_sealing import (
    ASKER,
    Identity,
    Narrative,
    SealedNote,
    SealedPerson,
    column,
    family_name_of,
    owner_engine,
    someone,
)

pytestmark = pytest.mark.usefixtures("sealed")


def encoded(key: bytes) -> str:
    return base64.b64encode(key).decode()


def quiet(_line: str) -> None:
    pass


@pytest.fixture
def owner(sealed):
    with owner_engine(sealed) as engine:
        yield engine


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
            someone("Newcomer")
            done.append(person_id)
        except Exception as failure:
            failures.append(failure)


def test_nobody_notices_a_rotation(owner):
    people = [someone(f"Person {number}") for number in range(12)]
    stop, failures, done = threading.Event(), [], []
    workers = [threading.Thread(target=work, args=(people, stop, failures, done)) for _ in range(3)]
    for worker in workers:
        worker.start()
    try:
        for _ in range(3):
            assert rotate_people(owner, quiet) == set()
            assert rotate_branch(owner, quiet, grace=0.2) == set()
    finally:
        stop.set()
        for worker in workers:
            worker.join()

    assert failures == []
    assert len(done) > 10
    assert [family_name_of(one) for one in people] == [f"Person {number}" for number in range(12)]


KILLED = textwrap.dedent("""
    import sys, sqlalchemy as sa
    from app.core import keys
    from app.core.rotation import rotate_people
    from config.settings import Settings
    import tests.fixtures_sealing
    keys.configure(Settings.load())
    engine = sa.create_engine(sys.argv[1], poolclass=sa.NullPool)
    rotate_people(engine, lambda line: print(line, flush=True), batch=1)
""")


def test_a_rotation_killed_in_the_middle_goes_on_where_it_was(sealed, owner):
    people = [someone(f"Person {number}") for number in range(30)]
    settings = {
        "TRELLIS_SECRET_KEY": "dGVzdHMgb25seSB0ZXN0cyBvbmx5IHRlc3RzIG9ubHk=",
        "TRELLIS_ROOT_KEY": encoded(sealed.settings.root_keys[0]),
        "TRELLIS_INDEX_KEY": encoded(sealed.settings.index_keys[0]),
    }
    generations = "select generation from person_key where person_id = any(%s)"
    url = str(owner.url.render_as_string(hide_password=False))
    command = [sys.executable, "-c", KILLED, url]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, env={**os.environ, **settings}
    ) as running:
        while column(sealed, generations, people).count(2) < 5:
            running.stdout.readline()
        running.send_signal(signal.SIGKILL)
    done = column(sealed, generations, people).count(2)
    assert 5 <= done < 30

    said = []
    while True:  # the server lets the dead rotation's lock go in its own time
        try:
            rotate_people(owner, said.append)
            break
        except Conflict:
            time.sleep(0.05)

    assert column(sealed, generations, people) == [2] * 30
    assert [family_name_of(one) for one in people] == [f"Person {number}" for number in range(30)]
    assert int(said[0].split()[1]) > 5  # those of before the kill are counted
