"""`trellis keys`, as an operator runs it."""

import os

import pytest
from click.testing import CliRunner

from app.cli import main
from app.core.keys import branch, key_file
from app.core.rotation.progress import alone
from tests.fixtures_sealing import column, family_name_of, someone

pytestmark = pytest.mark.usefixtures("sealed")
WRONG = b"w" * 32


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
        return CliRunner().invoke(main, ["keys", *words], catch_exceptions=False)

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


@pytest.mark.parametrize("what", [("rotate", "root"), ("rotate", "index"), ("forget", "root")])
def test_while_another_rotation_goes_on_no_key_file_is_touched(owner, trellis, what):
    before = trellis.files[what[1].upper()].read_bytes()

    with alone(owner):
        answer = trellis(*what)

    assert answer.exit_code == 1
    assert "Another rotation of keys is going on" in answer.output
    assert trellis.files[what[1].upper()].read_bytes() == before
