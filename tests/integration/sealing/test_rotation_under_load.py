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

from app.core import blind_index
from app.core.db import session, transaction
from app.core.errors import Conflict
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


KILLED = textwrap.dedent("""
    import sys, sqlalchemy as sa
    from app.core import keys
    from app.core.rotation import rotate_branch, rotate_index, rotate_people
    from config.settings import Settings
    import tests.fixtures_sealing
    keys.configure(Settings.load())
    engine = sa.create_engine(sys.argv[1], poolclass=sa.NullPool)
    rotation = {"person": rotate_people, "branch": rotate_branch, "index": rotate_index}
    rotation[sys.argv[2]](engine, lambda line: print(line, flush=True), batch=1)
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
    command = [sys.executable, "-c", KILLED, url, "person"]
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


def killed_after(command, settings, line: str) -> None:
    """Run a rotation until it says this, then kill -9."""
    environment = {**os.environ, **settings}
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) as running:
        for said in running.stdout:
            if said.decode().startswith(line):
                break
        running.send_signal(signal.SIGKILL)


def gone_on(rotate) -> None:
    while True:  # the server lets the dead rotation's lock go in its own time
        try:
            rotate()
            return
        except Conflict:
            time.sleep(0.05)


def test_branch_and_index_rotations_killed_in_the_middle_go_on(sealed, owner):
    number = "9990005252"
    people = [someone(f"Person {one}", nhs_number=number) for one in range(12)]
    new = os.urandom(32)
    settings = {
        "TRELLIS_SECRET_KEY": "dGVzdHMgb25seSB0ZXN0cyBvbmx5IHRlc3RzIG9ubHk=",
        "TRELLIS_ROOT_KEY": encoded(sealed.settings.root_keys[0]),
        "TRELLIS_INDEX_KEY": f"{encoded(sealed.settings.index_keys[0])} {encoded(new)}",
    }
    url = str(owner.url.render_as_string(hide_password=False))
    for kind in ("branch", "index"):
        killed_after([sys.executable, "-c", KILLED, url, kind], settings, f"{kind}: 3 of")
    assert len(column(sealed, "select id from branch_key")) == 2, "in the middle of it"

    root = ring().root
    use(Ring(root, Keys((sealed.settings.index_keys[0], new))))
    branch.forget()
    gone_on(lambda: rotate_branch(owner, quiet, grace=0))
    gone_on(lambda: rotate_index(owner, quiet))

    assert len(column(sealed, "select id from branch_key")) == 1
    use(Ring(root, Keys((new,))))
    with transaction(ASKER):
        assert set(blind_index.people_with_nhs_number(number)) == set(people)
    assert [family_name_of(one) for one in people] == [f"Person {one}" for one in range(12)]
