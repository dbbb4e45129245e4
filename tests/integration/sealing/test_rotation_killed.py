"""A rotation that is killed with -9 goes on where it was, whichever key it rotates."""

import base64
import os
import signal
import subprocess
import sys
import textwrap
import time

import pytest

from app.core import blind_index
from app.core.db import transaction
from app.core.errors import Conflict
from app.core.keys import branch
from app.core.keys.key_file import Keys, name_of
from app.core.keys.ring import Ring, ring, use
from app.core.keys.root import LocalRoot
from app.core.rotation import rotate_branch, rotate_index, rotate_people, rotate_root
from tests.fixtures_sealing import ASKER, column, family_name_of, quiet, someone

pytestmark = pytest.mark.usefixtures("sealed")


def encoded(*keys: bytes) -> str:
    return " ".join(base64.b64encode(key).decode() for key in keys)


KILLED = textwrap.dedent("""
    import sys, sqlalchemy as sa
    from app.core import keys
    from app.core.rotation import rotate_branch, rotate_index, rotate_people, rotate_root
    from config.settings import Settings
    import tests.fixtures_sealing
    keys.configure(Settings.load())
    engine = sa.create_engine(sys.argv[1], poolclass=sa.NullPool)
    rotation = {"person": rotate_people, "branch": rotate_branch, "index": rotate_index}
    say = lambda line: print(line, flush=True)
    if sys.argv[2] == "root":
        rotate_root(engine, say)
    else:
        rotation[sys.argv[2]](engine, say, batch=1)
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
        "TRELLIS_INDEX_KEY": encoded(sealed.settings.index_keys[0], new),
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
    use(Ring(root, Keys((new, sealed.settings.index_keys[0]))))
    rotate_index(owner, quiet)


def test_a_root_rotation_killed_in_the_middle_goes_on(sealed, owner):
    person = someone("Before")
    old, new = sealed.settings.root_keys[0], os.urandom(32)
    with owner.begin() as connection:
        for _ in range(40):
            branch.make(connection)
    settings = {
        "TRELLIS_SECRET_KEY": "dGVzdHMgb25seSB0ZXN0cyBvbmx5IHRlc3RzIG9ubHk=",
        "TRELLIS_ROOT_KEY": encoded(old, new),
        "TRELLIS_INDEX_KEY": encoded(sealed.settings.index_keys[0]),
    }
    url = str(owner.url.render_as_string(hide_password=False))
    killed_after([sys.executable, "-c", KILLED, url, "root"], settings, "root: 3 ")
    wrapped_by = column(sealed, "select root_key from branch_key")
    assert {name_of(old), name_of(new)} == set(wrapped_by), "in the middle of it"

    index = ring().index
    use(Ring(LocalRoot(Keys((old, new))), index))
    said = []
    gone_on(lambda: rotate_root(owner, said.append))

    # Nothing was done twice, and the old key may be destroyed.
    assert len(said) - 1 == wrapped_by.count(name_of(old))
    use(Ring(LocalRoot(Keys((new,))), index))
    branch.forget()
    assert family_name_of(person) == "Before"
    use(Ring(LocalRoot(Keys((new, old))), index))
    rotate_root(owner, quiet)
