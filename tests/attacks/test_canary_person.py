"""A person whose every word is unmistakable goes the whole way, and is then found nowhere.

The server writes down every statement with its parameters, Trellis logs at its most talkative,
and the journey also meets mistakes and refusals: those are what usually tell too much.
"""

import contextlib
import re
import subprocess
import tempfile
from html import unescape
from urllib.parse import unquote

import pytest

from app.core import postgres_account
from tests.attacks.canary import EVERYTHING, files_below, found_in
from tests.attacks.canary_everywhere import Everywhere
from tests.attacks.canary_journey import MARKER
from tests.own_server import own_server, pointed_at

TELLS_ALL = {
    "log_statement": "all",
    "log_parameter_max_length": "-1",
    "log_parameter_max_length_on_error": "-1",
    "log_error_verbosity": "verbose",
    "log_temp_files": "0",
    # Whatever is sorted goes to the disk.
    "work_mem": "64kB",
}


@pytest.fixture(scope="module")
def journey(tmp_path_factory, database, signed_in):
    """The whole journey on a server of its own, told to somebody who remembers everything."""
    folder = tmp_path_factory.mktemp("canary")
    own = folder / "tmp"
    own.mkdir()
    with (
        pytest.MonkeyPatch.context() as patch,
        own_server(folder / "server", TELLS_ALL) as made,
        pointed_at(made, database),
    ):
        patch.setenv("TMPDIR", str(own))  # the worker's too
        patch.setattr("tempfile.tempdir", str(own))
        told = Everywhere(made, folder, signed_in)
        with contextlib.redirect_stderr(told.log):
            told.referred()
            told.taken_on()
            told.watched_over()
            told.sent_on()
            told.opened_in_an_emergency()
            told.finished()
            told.stumbled()
            told.read_back()
            told.watched_at_night()
            told.served()
            told.rotated()
            told.erased()
        told.notices_sent()
        yield told


def test_the_person_was_really_there(journey):
    """Every word of theirs was shown, or is sealed and was opened again: no form refused it."""
    there = ("".join(journey.pages) + journey.stored).lower()
    missing = {name for name, one in EVERYTHING.items() if one.lower() not in there}
    assert missing <= {"digits"}, "a telephone number may be stored with its spaces only"


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
    served = (journey.folder / "web.log").read_text()
    assert '"event": "request"' in served
    assert "person: done" in (journey.folder / "operator.log").read_text()
    log = journey.log.getvalue() + served
    log += "".join((journey.folder / f"{one}.log").read_text() for one in ("worker", "operator"))
    assert found_in(log.encode(), EVERYTHING) == set()


def test_nothing_is_in_an_address_that_a_page_leads_to(journey):
    led = re.findall(r'(?:href|action|src)="([^"]*)"', "".join(journey.pages))
    asked = [unquote(unescape(one)) for one in led if not one.startswith(("tel:", "mailto:"))]
    assert len(asked) > 100
    assert found_in("\n".join(asked).encode(), EVERYTHING) == set()


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


SPILL = """
    declare spilt cursor for
    select everything from ({tables}) _ (everything), generate_series(1, 400) order by random()"""
OURS = """
    select format('select left(t::text, 4000) from %I t', relname) from pg_class
    where relkind = 'r' and relnamespace = 'public'::regnamespace"""


def test_nothing_is_in_a_sort_that_goes_to_the_disk(journey):
    with journey.superuser() as server, server.transaction():
        tables = " union all ".join(row[0] for row in server.execute(OURS))
        server.execute(SPILL.format(tables=tables))
        assert server.execute("fetch 1 from spilt").fetchone()
        spilt = [
            one for one in files_below(journey.database.server.folder) if "pgsql_tmp" in str(one)
        ]
        heap = b"".join(one.read_bytes() for one in spilt)
        assert found_in(heap, {"marker": MARKER}) == {"marker"}, "what is not sealed went there"
        assert found_in(heap, EVERYTHING) == set()


def test_nothing_is_left_in_temporary_files(journey, tmp_path_factory):
    assert tempfile.gettempdir() == str(journey.folder / "tmp"), "ours went there"
    for one in files_below(tmp_path_factory.getbasetemp()):
        if one.suffix != ".py":
            assert found_in(one.read_bytes(), EVERYTHING) == set(), one
