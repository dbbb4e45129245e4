"""Witnesses outside are told, with a proof from what each knew; one away holds up none."""

from datetime import timedelta

import pytest
import requests
from click.testing import CliRunner

from app.audit_commands import audit_group
from app.core import clock
from app.core.ledger import checkpoint, witnessed
from app.core.ledger.note import Signer
from app.core.notary import destination, keeper, sealing, witness
from tests.conftest import AUDIT_KEY
from tests.integration.mail.server import post_office
from tests.integration.notary.witness_server import witness_server
from tests.providers.provider import free_port

NEW_KEY = "bmV3IGF1ZGl0IGtleSBuZXcgYXVkaXQga2V5IG5ldyE="


@pytest.fixture
def settings(trail):
    return trail.database.settings


@pytest.fixture
def outside(trail):
    with witness_server(trail.verifiers()) as made:
        yield made


def more(trail, lines):
    trail.write(*(f"line {number}" for number in range(lines)))
    trail.seal()


def noted(trail):
    return {row["name"]: row for row in trail.ask("select * from audit_witness")}


def test_a_witness_over_http_checks_every_step_and_follows(trail, settings, outside):
    for lines in (1, 6, 1, 13):
        more(trail, lines)
        assert witness.tell(outside.url, settings) == outside.newest.size
    assert outside.newest.size == 21
    assert witness.tell(outside.url, settings) == 21
    assert outside.answers == [200] * 4


def test_a_witness_that_was_told_more_than_we_noted_is_told_from_there(trail, settings, outside):
    more(trail, 5)
    witness.tell(outside.url, settings)
    trail.tamper("truncate audit_witness")  # as after a restore
    more(trail, 4)
    assert witness.tell(outside.url, settings) == 9
    assert outside.answers == [200, 409, 200]


def test_a_witness_that_knows_a_larger_tree_contradicts(trail, settings, outside):
    more(trail, 5)
    witness.tell(outside.url, settings)
    trail.empty()
    more(trail, 3)
    with pytest.raises(witness.Contradiction, match="tree of 5 entries"):
        witness.tell(outside.url, settings)


def test_a_fork_that_grew_past_what_the_witness_knows_is_no_outage(
    trail, settings_maker, outside, monkeypatch
):
    told = settings_maker(trail.database.url(), TRELLIS_AUDIT_WITNESSES=outside.url)
    monkeypatch.setattr(witness.Settings, "load", lambda: told)
    more(trail, 5)
    witness.tell_witnesses(0)
    trail.empty()
    for lines in (5, 3):
        trail.write(*(f"forged {number}" for number in range(lines)))
        trail.seal()
    for _ in range(2):
        witness.tell_witnesses(0)
        row = noted(trail)[witness.name_of(outside.url)]
        assert row["trouble"] == "The witness knows a tree which ours did not grow from"
        assert row["trouble_since"] is not None
    assert outside.newest.size == 5
    assert 422 in outside.answers


def test_one_that_is_away_is_noted_and_tried_again_and_the_others_are_told(
    trail, settings_maker, outside, tmp_path, monkeypatch
):
    file = tmp_path / "witness.txt"
    told = settings_maker(
        trail.database.url(), TRELLIS_AUDIT_WITNESSES=f"{outside.url} file://{file}"
    )
    monkeypatch.setattr(witness.Settings, "load", lambda: told)
    outside.closed = True
    more(trail, 5)
    witness.tell_witnesses(0)
    witness.tell_witnesses(0)
    away, there = (noted(trail)[witness.name_of(one)] for one in told.audit_witnesses)
    assert (away["size"], away["trouble"]) == (0, "Refused")
    assert away["trouble_since"] is not None
    assert (there["size"], there["trouble"]) == (5, "")
    outside.closed = False
    witness.tell_witnesses(0)
    back = noted(trail)[witness.name_of(outside.url)]
    assert (back["size"], back["trouble"], back["trouble_since"]) == (5, "", None)


def test_a_file_grows_by_records_that_follow_from_each_other(trail, settings, tmp_path):
    file = tmp_path / "a witness.txt"
    for lines in (3, 1, 9):
        more(trail, lines)
        witness.tell(f"file://{tmp_path}/a%20witness.txt", settings)
        witness.tell(f"file://{tmp_path}/a%20witness.txt", settings)
    found, problems = witnessed.read(file, trail.verifiers())
    assert ([one.size for one in found], problems) == ([3, 4, 13], [])
    file.write_text(file.read_text().replace("old 4\n", "old 3\n"))
    _, problems = witnessed.read(file, trail.verifiers())
    assert "The witness was told two trees" in problems[0]
    for spoilt in ("nonsense", "old 1\n!\n\nx", file.read_text() + "old 13\n\nnot signed\n"):
        file.write_text(spoilt)
        assert witnessed.read(file, trail.verifiers())[1]


def test_a_mailbox_gets_one_message_a_day_that_is_a_record(trail, settings_maker, tmp_path):
    with post_office(free_port()) as post:
        told = settings_maker(trail.database.url(), TRELLIS_SMTP_URL=post.url)
        address = "mailto:records@council.example"
        for _ in range(2):
            more(trail, 2)
            assert witness.tell(address, told) == 2
        trail.tamper("update audit_witness set told_at = %s", clock.now() - timedelta(hours=25))
        assert witness.tell(address, told) == 4
        first, second = (one.content.decode() for one in post.envelopes)
    assert "Subject: Checkpoint of the audit trail" in first.replace("=\n", "")
    assert "old 0" in first
    assert "old 2" in second
    assert "records@council.example" not in witness.name_of(address)
    _verified_by_what_the_mailbox_kept(trail, tmp_path, post)


def _verified_by_what_the_mailbox_kept(trail, tmp_path, post):
    """As its keeper does it: save the messages one after the other, give the file."""
    mailbox = tmp_path / "mailbox"
    from_line = b"From trellis@localhost Mon Feb  2 09:00:00 2026\n"
    other = b"Subject: Lunch\n\nAt noon?\n"
    kept = [post.envelopes[0].content, other, *(one.content for one in post.envelopes)]
    mailbox.write_bytes(b"".join(from_line + one + b"\n" for one in kept))
    export = trail.export(tmp_path / "export.jsonl")
    keys = tmp_path / "keys"
    keys.write_text("\n".join(map(str, trail.verifiers())))
    asked = ["verify", str(export), "--keys", str(keys), "--witness", str(mailbox)]
    said = CliRunner().invoke(audit_group, asked)
    assert (said.exit_code, "The witness agrees" in said.output) == (0, True), said.output
    trail.tamper("update audit_event set reason = 'x'")
    trail.tamper("truncate audit_leaf, audit_checkpoint")
    trail.tamper("update audit_cursor set written_in = '0', event_id = 0")
    trail.seal()
    trail.export(export)
    said = CliRunner().invoke(audit_group, asked)
    assert said.exit_code == 1
    assert "The witness was told another tree" in said.output


def test_a_new_key_signs_beside_the_old_one_and_old_checkpoints_stay_good(
    trail, settings_maker, tmp_path
):
    more(trail, 2)
    both = settings_maker(trail.database.url(), TRELLIS_AUDIT_KEY=f"{AUDIT_KEY} {NEW_KEY}")
    new = settings_maker(trail.database.url(), TRELLIS_AUDIT_KEY=NEW_KEY)
    for settings in (both, new):
        trail.write("more")
        sealing.seal(settings)
    old_key, new_key = (one.verifier for one in keeper.signers(both))
    notes = [row["note"] for row in trail.ask("select note from audit_checkpoint order by size")]
    for note, who in zip(notes, ((old_key,), (old_key, new_key), (new_key,)), strict=True):
        for verifier in who:
            assert checkpoint.opened(note, [verifier])
    assert isinstance(keeper.signers(new)[0], Signer)


def test_a_witness_that_cannot_be_one_is_refused_with_words(trail, settings, settings_maker):
    careful = settings_maker(trail.database.url(), TRELLIS_DEMONSTRATION="0")
    for address in ("ftp://x", "nonsense", "http://x"):
        with pytest.raises(ValueError, match="neither file, https nor mailto"):
            destination.destination(address, careful)
    away = f"http://127.0.0.1:{free_port()}"
    more(trail, 1)
    with pytest.raises(requests.ConnectionError):
        witness.tell(away, settings)
