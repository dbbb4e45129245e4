"""A start with the right keys, with wrong ones, and on a fresh database."""

import os

import pytest
from click.testing import CliRunner

from app.core import keys
from app.core.db import session, transaction
from app.core.errors import Unavailable
from app.core.keys import branch, key_file
from app.core.keys.erasure import destroy
from app.core.keys.first_use import first_use, maintenance
from app.core.keys.key_file import Keys
from app.core.keys.ring import Ring, ring, use
from app.core.keys.root import LocalRoot, UnknownKey
from app.key_commands import keys_group
from config.settings import Settings, SettingsError
from tests.fixtures_sealing import ASKER, column, family_name_of, owner_engine, someone, tamper

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

    with pytest.raises(UnknownKey):
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


@pytest.fixture
def trellis(sealed, tmp_path, monkeypatch):
    """Run `trellis keys …` on this database, with the keys of the settings in files."""
    files = {}
    for name, used in (("ROOT", sealed.settings.root_keys), ("INDEX", sealed.settings.index_keys)):
        files[name] = tmp_path / f"{name.lower()}.key"
        key_file.replace(files[name], used)
        monkeypatch.setenv(f"TRELLIS_{name}_KEY_FILE", str(files[name]))
        monkeypatch.delenv(f"TRELLIS_{name}_KEY", raising=False)
    monkeypatch.setenv("TRELLIS_SECRET_KEY", "d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3c=")
    monkeypatch.setenv("TRELLIS_OWNER_DATABASE_URL", sealed.url("trellis_owner"))
    monkeypatch.setattr("app.core.rotation.branch.GRACE_SECONDS", 0)

    def run(*words):
        return CliRunner().invoke(keys_group, words, catch_exceptions=False)

    run.files = files
    return run


def test_an_operator_checks_and_rotates_and_forgets(sealed, trellis):
    person_id = someone("Steady", nhs_number="9990001235")
    assert trellis("check").exit_code == 0
    for kind in ("root", "index"):
        path = trellis.files[kind.upper()]
        early = trellis("forget", kind)
        assert "0 older keys removed" in early.output

        assert trellis("rotate", kind).exit_code == 0
        assert len(path.read_text().split()) == 2
        assert "1 older keys removed" in trellis("forget", kind).output
        assert len(path.read_text().split()) == 1

    assert trellis("rotate", "person").exit_code == 0
    assert trellis("check").exit_code == 0
    branch.forget()
    assert family_name_of(person_id) == "Steady"
    _put_the_keys_of_the_settings_back(sealed, trellis)


def _put_the_keys_of_the_settings_back(sealed, trellis):
    for kind, used in (("root", sealed.settings.root_keys), ("index", sealed.settings.index_keys)):
        path = trellis.files[kind.upper()]
        new = key_file.Keys((), path).newest()[1]
        key_file.replace(path, (new, *used))
        assert trellis("rotate", kind).exit_code == 0
        assert "1 older keys removed" in trellis("forget", kind).output


def test_a_key_still_wanted_is_not_forgotten(trellis):
    someone()
    path = trellis.files["ROOT"]
    key_file.replace(path, (*key_file.Keys((), path).all().values(), os.urandom(32)))

    answer = trellis("forget", "root")

    assert answer.exit_code == 1
    assert "an older key is still in use" in answer.output
    assert len(path.read_text().split()) == 2


def test_a_wrong_key_is_said_plainly(trellis):
    key_file.replace(trellis.files["ROOT"], (WRONG,))

    answer = trellis("check")

    assert answer.exit_code == 1
    assert "The canary 'root' does not open" in answer.output


def test_key_files_are_made_where_they_are_missing(trellis):
    for path in trellis.files.values():
        path.unlink()

    answer = trellis("create")

    assert answer.output.count("Made ") == 2
    assert all(path.exists() for path in trellis.files.values())
    assert "The canary 'root' does not open" in answer.output  # nor is it made to


def test_nothing_is_rotated_with_a_wrong_root_key(sealed, trellis):
    before = column(sealed, "select id from branch_key")
    key_file.replace(trellis.files["ROOT"], (WRONG,))

    assert "The canary 'root' does not open" in trellis("rotate", "branch").output
    assert column(sealed, "select id from branch_key") == before
