"""A start with the right keys, with wrong ones, and on a fresh database."""

import base64
import subprocess

import pytest

from app.core import keys
from app.core.db import session, transaction
from app.core.errors import Unavailable
from app.core.keys import branch
from app.core.keys.erasure import destroy
from app.core.keys.first_use import first_use, maintenance
from app.core.keys.key_file import Keys
from app.core.keys.ring import Ring, ring, use
from app.core.keys.root import LocalRoot
from config.environment import SettingsError
from config.settings import Settings
from tests.fixtures_sealing import ASKER, family_name_of, owner_engine, someone, tamper
from tests.own_server import TRELLIS, environment

pytestmark = pytest.mark.usefixtures("sealed")
WRONG = b"w" * 32


class OutOfReach(LocalRoot):
    """A key store that does not answer."""

    def unwrap(self, name: str, wrapped: bytes, about: bytes) -> bytes:
        raise Unavailable("The key store does not answer", 30)


def check() -> None:
    with transaction(ASKER):
        keys.check_canary(session)


def test_the_right_keys_start():
    check()


def test_a_wrong_root_key_names_its_canary():
    use(Ring(LocalRoot(Keys((WRONG,))), ring().index))

    with pytest.raises(keys.WrongKey, match=r"canary 'root'.*TRELLIS_ROOT_KEY"):
        check()


def test_the_web_does_not_start_with_a_wrong_root_key(sealed):
    """The command itself, as a supervisor starts it."""
    wrong = base64.b64encode(WRONG).decode()
    done = subprocess.run(
        [TRELLIS, "web", "--port", "1"],
        env=environment(sealed) | {"TRELLIS_ROOT_KEY": wrong},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert "The canary 'root' does not open: TRELLIS_ROOT_KEY is not the key" in done.stderr
    assert "Traceback" not in done.stderr
    assert wrong not in done.stderr + done.stdout


def test_a_wrong_index_key_names_its_canary():
    use(Ring(ring().root, Keys((WRONG,))))

    with pytest.raises(keys.WrongKey, match=r"canary 'index'.*TRELLIS_INDEX_KEY"):
        check()


def test_a_canary_changed_in_the_database_is_noticed(sealed):
    tamper(sealed, "update key_canary set sealed = sealed || 'x' where kind = 'root'")
    with pytest.raises(keys.WrongKey, match="'root'"):
        check()
    tamper(
        sealed,
        "update key_canary set sealed = substr(sealed, 1, length(sealed) - 1) where kind = 'root'",
    )
    check()


def test_a_fresh_database_says_what_to_do_and_is_made_ready_once(sealed):
    tamper(sealed, "delete from key_canary")
    tamper(sealed, "delete from branch_key where id not in (select branch_key_id from person_key)")
    with pytest.raises(keys.WrongKey, match="trellis keys create"):
        check()

    with owner_engine(sealed) as engine:
        assert first_use(engine)
        assert not first_use(engine)
    check()


def test_the_index_key_may_not_be_the_root_key(sealed):
    key = "d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3c="
    with pytest.raises(SettingsError, match="TRELLIS_INDEX_KEY must be a key of its own"):
        Settings.load({f"TRELLIS_{name}": key for name in ("SECRET_KEY", "ROOT_KEY", "INDEX_KEY")})


def test_with_the_key_store_out_of_reach_keys_in_memory_serve_until_their_time(monkeypatch):
    person_id = someone()
    root = ring().root
    assert isinstance(root, LocalRoot)
    use(Ring(OutOfReach(root.keys), ring().index))

    assert family_name_of(person_id) == "Okafor"
    branch.forget()  # their time is over
    with pytest.raises(Unavailable) as answer:
        family_name_of(person_id)
    assert answer.value.retry_after == 30

    use(Ring(root, ring().index))
    assert family_name_of(person_id) == "Okafor"


def test_a_root_key_that_is_not_here_is_not_a_damaged_record():
    person_id = someone()
    use(Ring(LocalRoot(Keys((WRONG,))), ring().index))
    branch.forget()

    with pytest.raises(Unavailable, match="canary 'root'"):
        family_name_of(person_id)


def test_a_destroyed_key_leaves_nothing_to_read_or_find(sealed):
    person_id = someone("Gone", nhs_number="9990009999")
    with owner_engine(sealed) as engine:
        with maintenance(engine) as connection:
            assert destroy(connection, person_id)
        with maintenance(engine) as connection:
            assert not destroy(connection, person_id)

    with pytest.raises(Exception, match="cannot be opened"):
        family_name_of(person_id)
