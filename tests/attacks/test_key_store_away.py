"""The key store goes away while Trellis serves, and comes back: nothing needs a restart."""

import contextlib
import socket
import time
import uuid
from types import SimpleNamespace

import psycopg
import pytest
import sqlalchemy as sa

from app.core import keys
from app.core.keys import branch
from app.factory import create_app
from tests.conftest import cloned, prepared, settings_for, sqlalchemy_url
from tests.integration.sealing.transit import transit, vault_settings
from tests.providers.provider import free_port
from tests.stage import Stage


@pytest.fixture(scope="module")
def vault():
    with transit(free_port()) as made:
        yield made


@pytest.fixture(scope="module")
def settings(server, vault, tmp_path_factory):
    folder = tmp_path_factory.mktemp("vault")
    with cloned(server, f"vault_{uuid.uuid4().hex[:12]}") as made, prepared(made):
        with psycopg.connect(made.url("postgres")) as superuser:
            superuser.execute("truncate key_canary, branch_key cascade")
        yield settings_for(made.url(), TRELLIS_ROOT_KEY="", **vault_settings(vault, folder)), made


@pytest.fixture(scope="module")
def here(settings):
    vaulted, database = settings
    keys.configure(vaulted)
    owner = sa.create_engine(sqlalchemy_url(database.url("trellis_owner")), poolclass=sa.NullPool)
    assert keys.first_use(owner)
    stage = Stage(database)
    stage.referral_id = stage.taken_on(given_name="Thandeka", family_name="Windermere")
    return stage, create_app(vaulted)


@pytest.fixture
def worker(here, signed_in):
    stage, app = here
    return signed_in(stage.worker, app), f"/caseload/{stage.referral_id}"


def later(monkeypatch, seconds):
    """Let so much of the time go by for which branch keys are kept."""
    clock = SimpleNamespace(monotonic=lambda: time.monotonic() + seconds)
    monkeypatch.setattr(branch, "time", clock)


def test_keys_in_memory_serve_then_503_then_all_is_well_without_a_restart(
    worker, vault, monkeypatch
):
    monkeypatch.setattr("app.core.keys.reach.RETRY_SECONDS", 1)
    client, record = worker
    branch.forget()
    assert "Windermere" in client.get(record).text

    vault.stop()
    later(monkeypatch, branch.KEPT_SECONDS - 60)
    assert "Windermere" in client.get(record).text, "its branch key is still in memory"
    later(monkeypatch, branch.KEPT_SECONDS + 1)
    for _ in range(2):
        away = client.get(record)
        assert away.status_code == 503
        assert int(away.headers["Retry-After"]) > 0
        assert "Not available for a moment" in away.text
        assert "vault" not in away.text.lower()
    assert client.get("/health/live").status_code == 200
    ready = client.get("/health/ready")
    assert (ready.status_code, ready.json["keys"]) == (503, "not known")
    assert client.get("/directory").status_code == 200, "what is not sealed is still there"

    vault.start()
    answers = []
    while not answers or (answers[-1].status_code == 503 and len(answers) < 2000):
        answers.append(client.get(record))
    assert "Windermere" in answers[-1].text
    assert client.get("/health/ready").status_code == 200


def test_a_store_that_takes_the_call_and_says_nothing_is_given_up_and_then_left_alone(
    worker, vault, monkeypatch
):
    monkeypatch.setattr("app.core.keys.vault_transit.READ_SECONDS", 1)
    client, record = worker
    vault.stop()
    try:
        with socket.create_server(("127.0.0.1", vault.port)) as silent:
            branch.forget()
            assert client.get(record).status_code == 503
            assert _calls(silent) > 0
            assert client.get(record).status_code == 503
            assert _calls(silent) == 0, "the next page does not wait for it as well"
    finally:
        vault.start()
        keys.ring.ring().root.reach.__init__()  # its few seconds of leaving it alone are over
    assert "Windermere" in client.get(record).text


def _calls(silent):
    """How many calls are waiting at a server that answers none."""
    silent.settimeout(0.2)
    taken = 0
    with contextlib.suppress(TimeoutError):
        while True:
            silent.accept()[0].close()
            taken += 1
    return taken


def test_a_start_without_the_store_serves_when_it_is_back(settings, here, vault, signed_in):
    stage, _ = here
    vault.stop()
    branch.forget()
    app = create_app(settings[0])
    client = signed_in(stage.worker, app)
    record = f"/caseload/{stage.referral_id}"
    assert client.get(record).status_code == 503

    vault.start()
    keys.ring.ring().root.reach.__init__()  # its few seconds of leaving it alone are over
    assert "Windermere" in client.get(record).text


def test_nobody_is_told_that_a_record_is_damaged(here):
    stage, _ = here
    with psycopg.connect(stage.database.url("postgres")) as superuser:
        told = superuser.execute(
            "select count(*) from audit_event where action = 'integrity_failure'"
        ).fetchone()
    assert told == (0,)
