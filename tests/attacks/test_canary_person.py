"""A person whose every word is unmistakable goes the whole way, and is then found nowhere.

The server writes down every statement with its parameters, Trellis logs at its most talkative,
and the journey also meets mistakes and refusals: those are what usually tell too much.
"""

import contextlib
import io
import subprocess
import uuid
from datetime import timedelta

import psycopg
import pytest

from app.core import clock, postgres_account
from app.core.db import transaction
from app.factory import create_app
from referrals.finish.actions import closing
from referrals.finish.actions import need as needs
from referrals.finish.models.closing import Closing
from referrals.finish.models.message import Letter
from referrals.inbox.actions import attendance
from referrals.inbox.queries import inbox
from referrals.record.models.need import NeedStatus
from referrals.record.models.status import Status
from referrals.record.queries import referral as referrals
from tests.attacks.canary import EVERYTHING, NAMES, NUMBERS, REACH, WORDS, files_below, found_in
from tests.browse import page_of, sent
from tests.conftest import settings_for
from tests.integration.mail.server import post_office
from tests.integration.refer.walk import id_of, ready
from tests.own_server import own_server, pointed_at, trellis, until
from tests.providers.provider import free_port
from tests.stage import Stage

TELLS_ALL = {
    "log_statement": "all",
    "log_parameter_max_length": "-1",
    "log_parameter_max_length_on_error": "-1",
    "log_error_verbosity": "verbose",
}
MARKER = "Perspicuous Surgery"


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


class Journey:
    """One person's way from a practice to a charity and back, and what it left behind."""

    def __init__(self, database, folder, signed_in):
        self.database, self.folder, self.log = database, folder, io.StringIO()
        self.app = create_app(settings_for(database.url(), TRELLIS_LOG_LEVEL="DEBUG"))
        self.stage = Stage(database)
        with psycopg.connect(database.url("trellis_owner")) as owner:
            owner.execute(
                "update agency set name = %s where id = %s", [MARKER, self.stage.practice]
            )
        self.client = lambda actor: signed_in(actor, self.app)
        self.pages = []

    def typed(self, who, page, **answers):
        client = self.client(who)
        shown = sent(client, page, page_of(client, page), **answers)
        self.pages.append(shown)
        return shown

    def referred(self):
        client = self.client(self.stage.gp)
        day = {"date_of_birth-day": "17", "date_of_birth-month": "2", "date_of_birth-year": "1931"}
        who = {"given_name": NAMES["given"], "family_name": NAMES["family"], **day}
        who |= {"preferred_name": NAMES["preferred"], "nhs_number": NUMBERS["nhs in groups"]}
        contact = {"phone": REACH["phone"], "email": REACH["mail"], "address": REACH["street"]}
        why = {"reason": WORDS["reason"], "own_words": WORDS["own words"], "risks": "known"}
        why |= {"risk_to": ["self"], "risk_words": WORDS["safeguarding"]}
        address = ready(self.stage, client, who, {**contact, "postcode": "QS1 1AB"}, why)
        done = sent(client, f"{address}check", page_of(client, f"{address}check"))
        self.id = uuid.UUID(id_of(address))
        self.pages.append(done + client.get(f"{address}paper").text)

    def taken_on(self):
        stage, here = self.stage, f"/caseload/{self.id}"
        lead = self.client(stage.lead)
        judged = page_of(lead, f"/triage/{self.id}")
        sent(lead, f"/triage/{self.id}/acceptance", judged, who=str(stage.worker.user_id))
        today = clock.today()
        day = {f"held_on-{part}": str(getattr(today, part)) for part in ("day", "month", "year")}
        spoke = {"kind": "telephone", "outcome": "spoke with the person", "note": WORDS["note"]}
        self.typed(stage.worker, f"{here}/encounters/new", **day, **spoke)
        self.typed(stage.worker, f"{here}/about-me", what_matters=WORDS["about me"])
        soon = today + timedelta(days=30)
        day = {f"review_on-{part}": str(getattr(soon, part)) for part in ("day", "month", "year")}
        self.typed(stage.worker, f"{here}/risks/new", risk_to="self", words=WORDS["risk"], **day)
        with transaction(stage.worker):
            self.needs = [one.id for one in referrals.needs(stage.get(stage.worker, self.id))]
        goal = f"{here}/needs/{self.needs[0]}/goals/new"
        self.typed(stage.worker, goal, words=WORDS["goal"], importance="8")

    def sent_on(self):
        stage = self.stage
        assert stage.service_id
        self.onward_id = stage.sent_on(self.id, words=WORDS["onward"])
        coordinator = self.client(stage.coordinator)
        where = f"/inbox/{self.onward_id}"
        self.pages.append(page_of(coordinator, where))
        accept = page_of(coordinator, f"{where}/accept")
        self.pages.append(sent(coordinator, f"{where}/accept", accept, words=WORDS["answer"]))
        with transaction(stage.coordinator):
            one = inbox.get(stage.coordinator, self.onward_id)
            attendance.attended(stage.coordinator, one, WORDS["answer"])
            attendance.complete(stage.coordinator, one, WORDS["answer"])

    def finished(self):
        stage = self.stage
        with transaction(stage.worker):
            referral = stage.get(stage.worker, self.id)
            for one in referrals.needs(referral):
                needs.end(stage.worker, referral, one, NeedStatus.MET, WORDS["ending"])
            letter = Letter(actions=(WORDS["closing"],), summary=WORDS["closing"])
            closing.close(stage.worker, referral, Closing(Status.COMPLETED, letter))
        self.pages.append(page_of(self.client(stage.gp), f"/sent/{self.id}"))

    def stumbled(self):
        """Searches, mistakes, refusals and a broken body, each with the person's words in it."""
        gp, worker = self.client(self.stage.gp), self.client(self.stage.worker)
        found = page_of(gp, "/refer/find")
        self.pages.append(sent(gp, "/refer/find", found, nhs_number=NUMBERS["nhs"]))
        sent(gp, "/refer/find", found, nhs_number=NUMBERS["nhs"], family_name="x" * 500)
        sent(worker, "/caseload/find", page_of(worker, "/caseload/find"), words=NAMES["family"])
        everything = {name.replace(" ", "_"): value for name, value in EVERYTHING.items()}
        for client in (gp, worker, self.app.test_client()):
            for address in ("/refer/new", f"/caseload/{self.id}/person", "/nowhere"):
                client.post(address, data=everything)
                client.post(address, json=everything)
                client.put(address, data=everything)
        broken = f'{{"name": "{NAMES["given"]} {NAMES["family"]}"'.encode()
        gp.post("/refer/new", data=broken, content_type="multipart/form-data; boundary=x")
        gp.post("/refer/new", data=broken * 40_000)

    def notices_sent(self):
        """The worker sends what waits, over a real SMTP server; then its jobs are gone."""
        with self.superuser() as server:
            rows = server.execute("select t::text from procrastinate_jobs t").fetchall()
        self.jobs = repr(rows).encode()
        with post_office(free_port()) as self.post:
            log = self.folder / "worker.log"
            more = {"TRELLIS_SMTP_URL": self.post.url, "TRELLIS_LOG_LEVEL": "DEBUG"}
            with trellis(self.database, "worker", log=log, **more):
                until(lambda: len(self.post.envelopes) >= 3)

    def superuser(self):
        return psycopg.connect(self.database.url("postgres"), autocommit=True)


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
