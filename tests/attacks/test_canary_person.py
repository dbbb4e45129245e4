"""A person whose every word is unmistakable goes the whole way, and is then found nowhere.

The server writes down every statement with its parameters, Trellis logs at its most talkative,
and the journey also meets mistakes and refusals: those are what usually tell too much.
"""

import contextlib
import subprocess

import pytest

from app.core import postgres_account
from tests.attacks.canary import EVERYTHING, files_below, found_in
from tests.attacks.canary_journey import MARKER, Journey
from tests.own_server import own_server, pointed_at

TELLS_ALL = {
    "log_statement": "all",
    "log_parameter_max_length": "-1",
    "log_parameter_max_length_on_error": "-1",
    "log_error_verbosity": "verbose",
}


@pytest.fixture(scope="module")
def journey(tmp_path_factory, database, signed_in):
    """The whole journey on a server of its own, told to somebody who remembers everything."""
    folder = tmp_path_factory.mktemp("canary")
    with own_server(folder / "server", TELLS_ALL) as made, pointed_at(made, database):
        told = Journey(made, folder, signed_in)
        with contextlib.redirect_stderr(told.log):
            told.referred()
            told.taken_on()
            told.sent_on()
            told.finished()
            told.stumbled()
        told.notices_sent()
        yield told


def test_the_person_was_really_there(journey):
    shown = "".join(journey.pages).lower()
    missing = {name for name, one in EVERYTHING.items() if one.lower() not in shown}
    assert missing <= {"digits", "nhs", "born", "action", "safeguarding", "about me", "ending"}


def test_the_search_finds_what_is_not_sealed(journey):
    with journey.superuser() as server:
        server.execute("checkpoint")
    heaps = [one.read_bytes() for one in files_below(journey.database.server.folder)]
    assert found_in(b"".join(heaps), {"marker": MARKER}) == {"marker"}
    for spelt in (MARKER.encode().hex().encode(), MARKER.upper().encode("utf-16-le")):
        assert found_in(b"x" + spelt, {"marker": MARKER}) == {"marker"}


def test_nothing_is_in_the_data_directory_the_wal_or_the_servers_own_log(journey):
    with journey.superuser() as server:
        server.execute("checkpoint")
        server.execute("select pg_switch_wal()")
    files = files_below(journey.database.server.folder)
    assert [one for one in files if "pg_wal" in one.parts]
    log = (journey.database.server.folder / "postgres.log").read_text(errors="replace")
    assert "idempotency_key" in log, "the server was to write every statement down"
    told = {one.name: found for one in files if (found := found_in(one.read_bytes(), EVERYTHING))}
    assert told == {}


def test_nothing_is_in_a_dump(journey):
    dump = subprocess.run(
        [postgres_account.binaries() / "pg_dump", journey.database.url("postgres")],
        capture_output=True,
        check=True,
    ).stdout
    assert MARKER.encode() in dump
    assert found_in(dump, EVERYTHING) == set()


def test_nothing_is_in_the_logs_of_trellis(journey):
    log = journey.log.getvalue() + (journey.folder / "worker.log").read_text()
    assert '"event": "request"' in log
    assert found_in(log.encode(), EVERYTHING) == set()


def test_nothing_is_in_sessions_jobs_counters_or_the_audit_trail(journey):
    with journey.superuser() as server:
        for table in ("web_session", "rate_hit", "audit_event"):
            rows = server.execute(f"select t::text from {table} t").fetchall()
            assert rows or table == "rate_hit", table
            assert found_in(repr(rows).encode(), EVERYTHING) == set(), table
    assert b"send_notice" in journey.jobs
    assert found_in(journey.jobs, EVERYTHING) == set()


def test_nothing_is_in_the_figures(journey):
    figures = journey.app.test_client().get("/metrics").data
    assert b"trellis_answers" in figures
    assert found_in(figures, EVERYTHING) == set()


def test_nothing_is_in_the_mail(journey):
    heap = b"".join(one.content for one in journey.post.envelopes)
    assert b"Sign in to see it" in heap
    assert found_in(heap, EVERYTHING) == set()


def test_nothing_is_left_in_temporary_files(journey, tmp_path_factory):
    for one in files_below(tmp_path_factory.getbasetemp()):
        if one.suffix != ".py":
            assert found_in(one.read_bytes(), EVERYTHING) == set(), one
