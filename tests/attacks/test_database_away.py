"""The database goes away while Trellis serves, and comes back: 503 meanwhile, then all is well."""

import psycopg
import pytest

from app.core import embedded_postgres
from tests.attacks.served import served
from tests.browse import hidden
from tests.own_server import until


@pytest.fixture(scope="module")
def here(tmp_path_factory, database):
    with served(tmp_path_factory.mktemp("away"), database) as made:
        yield made


@pytest.fixture
def away(here):
    """The database server is stopped for the length of a test, and started again after it."""
    embedded_postgres.stop(here.folder / "server")
    yield here
    embedded_postgres.start(here.folder / "server")


@pytest.fixture
def lead(here):
    return here.browser(here.stage.lead)


def test_pages_say_so_and_when_to_come_back(lead, away):
    for address in ("/caseload/", "/triage/", "/directory"):
        answer = lead.get(away.url + address, timeout=20)
        assert answer.status_code == 503, address
        assert int(answer.headers["Retry-After"]) > 0
        assert "Not available for a moment" in answer.text
        assert "Traceback" not in answer.text
        assert "psycopg" not in answer.text


def test_it_is_alive_but_not_ready(lead, away):
    assert away.status("/health/live") == 200
    assert away.status("/health/ready") == 503


def test_a_release_is_ready_for_a_later_schema_but_not_for_an_older_one(here):
    """While an upgrade rolls out, the one that is being replaced goes on."""
    with psycopg.connect(here.database.url("postgres"), autocommit=True) as superuser:
        (now,) = superuser.execute("select version_num from alembic_version").fetchone()
        try:
            for version, status in (("9999", 200), ("0001", 503)):
                superuser.execute("update alembic_version set version_num = %s", [version])
                assert here.status("/health/ready") == status, version
        finally:
            superuser.execute("update alembic_version set version_num = %s", [now])


def test_without_a_restart_it_serves_again(here, lead):
    embedded_postgres.stop(here.folder / "server")
    assert lead.get(here.url + "/triage/", timeout=20).status_code == 503
    embedded_postgres.start(here.folder / "server")
    assert lead.get(here.url + "/triage/", timeout=20).status_code == 200
    assert here.status("/health/ready") == 200


def test_a_form_sent_into_the_gap_gives_back_what_was_typed_and_counts_once(here):
    stage = here.stage
    referral_id = stage.taken_on()
    worker = here.browser(stage.worker)
    address = f"{here.url}/caseload/{referral_id}/encounters/new"
    page = worker.get(address, timeout=20)
    typed = hidden(page.text) | {"kind": "telephone", "outcome": "spoke with the person"}
    typed |= {"held_on-day": "1", "held_on-month": "6", "held_on-year": "2026", "note": "Likes tea"}
    embedded_postgres.stop(here.folder / "server")
    lost = worker.post(address, data=typed, timeout=20)
    embedded_postgres.start(here.folder / "server")
    assert lost.status_code == 503
    assert "Likes tea" in lost.text, "the page gives back what was typed"
    again = [worker.post(address, data=typed, timeout=20, allow_redirects=False) for _ in "12"]
    assert [one.status_code for one in again] == [303, 303]
    shown = worker.get(f"{here.url}/caseload/{referral_id}", timeout=20).text
    assert shown.count("Likes tea") == 1


def test_connections_cut_under_a_request_are_made_again(here, lead):
    for _ in range(3):
        embedded_postgres.stop(here.folder / "server")
        embedded_postgres.start(here.folder / "server")
        until(lambda: lead.get(here.url + "/triage/", timeout=20).status_code == 200, seconds=10)
