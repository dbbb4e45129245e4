"""What an operator types, and what they are told."""

import base64
import json
import uuid

import pytest
from click.testing import CliRunner, Result

from app.cli import main
from app.core.db import NOBODY, transaction
from directory import catalogue
from tests.integration.importing.feeds import a_service
from tests.integration.importing.test_postcodes import HEADER, ROWS


@pytest.fixture
def trellis(database, tmp_path):
    """The command line in an empty folder, with the settings of the test database."""
    keys = {
        f"TRELLIS_{name}_KEY": base64.b64encode(name[:1].encode() * 32).decode()
        for name in ("SECRET", "ROOT", "INDEX")
    }
    urls = {
        "TRELLIS_DATABASE_URL": database.url(),
        "TRELLIS_OWNER_DATABASE_URL": database.url("trellis_owner"),
    }

    def run(*words: str) -> Result:
        return CliRunner().invoke(main, words, env={**urls, **keys})

    return run


@pytest.fixture
def feed(tmp_path):
    """A feed in a file, with a word that no other has."""
    word = "w" + uuid.uuid4().hex
    path = tmp_path / "feed.json"
    path.write_text(json.dumps([a_service("1", f"Tea {word}"), a_service("2", "")]))
    return path, word


def test_a_dry_run_an_import_and_a_look_at_where_things_come_from(trellis, feed, tmp_path):
    path, word = feed
    words = ["directory", "import", str(path), "--name", word, "--report"]
    form = ("--format", "open-referral")
    dry = trellis(*words, str(tmp_path / "report.csv"), "--dry-run", *form)
    assert dry.exit_code == 0, dry.output
    assert f"Add service “Tea {word}”" in dry.output
    assert "nothing was changed" in dry.output

    real = trellis(*words, str(tmp_path / "report.csv"))
    assert real.exit_code == 0, real.output
    assert "1  service added" in real.output
    assert "1 rows to look at" in real.output

    with transaction(NOBODY):
        [card] = catalogue.search(word).cards
    told = trellis("directory", "provenance", str(card.id))
    assert f"name: from {word}" in told.output
    assert "stays, until somebody gives it back" in told.output
    assert "follows" in trellis("directory", "give-back", str(card.id), "phone").output
    assert trellis("directory", "give-back", str(card.id), "shoe").exit_code == 1


def test_what_cannot_be_read_is_said_in_words(trellis, tmp_path):
    wrong = tmp_path / "feed.json"
    wrong.write_text("nothing")
    report = ("--report", str(tmp_path / "report.csv"))
    for where in (str(wrong), str(tmp_path / "none.json"), "file:///x"):
        result = trellis("directory", "import", where, *report)
        assert result.exit_code == 1, where
        assert "broken off" in result.output
        assert "Traceback" not in result.output


def test_postcodes_are_loaded_with_thanks_to_whom_they_belong(trellis, tmp_path, owner):
    path = tmp_path / "onspd.csv"
    path.write_text(HEADER + ROWS)
    result = trellis("postcodes", "load", str(path))
    assert result.exit_code == 0, result.output
    assert "2 in use" in result.output
    assert "Contains Royal Mail data" in result.output
