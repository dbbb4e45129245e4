"""Which of PostgreSQL's programs is taken."""

import pytest

from app.core import postgres_account, postgres_tools


@pytest.fixture(autouse=True)
def nothing_installed(monkeypatch, tmp_path):
    """A machine with nothing of PostgreSQL but what we bring."""
    monkeypatch.setattr(postgres_tools, "DEBIAN", tmp_path)
    monkeypatch.setattr("shutil.which", lambda _name: None)


def test_what_we_bring_serves_this_machine():
    assert postgres_tools.fitting("pg_dump", 15) == postgres_account.binaries() / "pg_dump"


def test_for_a_server_behind_tls_the_words_say_what_to_install():
    with pytest.raises(postgres_tools.ToolFailed, match="install postgresql-client-15"):
        postgres_tools.fitting("pg_dump", 15, tls=True)
