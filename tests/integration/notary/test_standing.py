"""Being behind is seen: in the figures for Prometheus and by `trellis audit check`."""

import re

import pytest
from click.testing import CliRunner

from app.cli import main
from app.core.integrity import check
from app.core.notary import witness
from app.factory import create_app
from tests.conftest import AUDIT_KEY, INDEX_KEY, KEY
from tests.providers.provider import free_port


@pytest.fixture
def figures(apart):
    client = create_app(apart.settings).test_client()

    def read():
        text = client.get("/metrics").text
        return dict(re.findall(r"^(trellis_(?:audit|integrity)\S*) (\S+)$", text, re.MULTILINE))

    return read


def said(apart):
    environment = {
        "TRELLIS_OWNER_DATABASE_URL": apart.url("trellis_owner"),
        "TRELLIS_SECRET_KEY": KEY,
        "TRELLIS_ROOT_KEY": KEY,
        "TRELLIS_INDEX_KEY": INDEX_KEY,
        "TRELLIS_AUDIT_KEY": AUDIT_KEY,
    }
    return CliRunner(env=environment).invoke(main, ["audit", "check"])


def test_a_sealer_that_is_behind_is_seen_and_then_is_not(apart, trail, figures):
    trail.tamper(
        "insert into audit_event (at, roles, action) values (now() - interval '1 hour', '{}', 'x')"
    )
    assert 3500 < float(figures()["trellis_audit_waiting_seconds"]) < 4000
    behind = said(apart)
    assert behind.exit_code == 1
    assert "The sealer is behind: something waits for 60 minutes" in behind.output
    trail.seal()
    assert float(figures()["trellis_audit_waiting_seconds"]) == 0
    assert float(figures()["trellis_audit_sealed_entries"]) == 1
    good = said(apart)
    assert (good.exit_code, good.output.splitlines()[-1]) == (0, "Good"), good.output


def test_a_witness_that_is_behind_is_seen(apart, trail, figures, settings_maker, monkeypatch):
    address = f"http://127.0.0.1:{free_port()}"
    settings = settings_maker(apart.url(), TRELLIS_AUDIT_WITNESSES=address)
    monkeypatch.setattr(witness.Settings, "load", lambda: settings)
    trail.write("one", "two")
    trail.seal()
    witness.tell_witnesses(0)
    name = witness.name_of(address)
    shown = figures()
    assert float(shown[f'trellis_audit_witness_behind_entries{{witness="{name}"}}']) == 2
    assert float(shown[f'trellis_audit_witness_trouble_seconds{{witness="{name}"}}']) > 0
    trail.tamper("update audit_witness set trouble_since = now() - interval '1 hour'")
    monkeypatch.undo()
    assert f"The witness {name} has not been told since" in said(apart).output


def test_a_failed_check_is_seen_with_its_reference_and_nobody(apart, trail, figures):
    trail.tamper(
        "insert into audit_event (at, roles, action, subject_kind, subject_id, digest)"
        " values (now(), '{}', 'x', 'need', gen_random_uuid(), sha256('x'))"
    )
    told = []
    check.run(told.append)
    assert float(figures()["trellis_integrity_findings"]) == 1
    assert float(figures()["trellis_integrity_checked_timestamp"]) > 0
    failed = said(apart)
    assert failed.exit_code == 1
    assert (
        f"{told[0].reference}: need {told[0].problem.row_id}: the row is missing" in failed.output
    )
    trail.empty()
    check.run(told.append)
    assert float(figures()["trellis_integrity_findings"]) == 0


def test_the_worker_will_not_start_without_a_key_to_sign_with(apart):
    environment = {
        "TRELLIS_DATABASE_URL": apart.url(),
        "TRELLIS_SECRET_KEY": KEY,
        "TRELLIS_ROOT_KEY": KEY,
        "TRELLIS_INDEX_KEY": INDEX_KEY,
    }
    refused = CliRunner(env=environment).invoke(main, ["worker"])
    assert refused.exit_code == 1
    assert "TRELLIS_AUDIT_KEY or TRELLIS_AUDIT_KEY_FILE must give 32 bytes" in refused.output
