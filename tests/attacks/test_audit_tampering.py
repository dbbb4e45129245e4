"""A superuser with triggers off changes the audit trail: each way is named, by an export alone."""

import json
import subprocess
import sys
from types import SimpleNamespace
from uuid import uuid4

import psycopg
import pytest
import sqlalchemy as sa
from click.testing import CliRunner

from app.cli import main
from app.core import audit, context, secrets
from app.core.db import NOBODY, transaction
from app.core.integrity.checker import CHECKER
from app.core.ledger import proving, witnessed
from app.core.ledger.verification import Verification
from app.core.notary import witness
from app.core.notary.keeper import NOTARY
from tests.conftest import ROOT
from tests.fixtures_ledger import apart, trail

__all__ = ["apart", "trail"]

# Where the application keeps the leaf of an entry: an intruder who knows may change that as well.
FORGED_LEAF = (
    "update audit_leaf set hash = trellis.audit_leaf_hash(e) from audit_event e"
    " where e.id = event_id"
)


@pytest.fixture
def sealed(trail, tmp_path):
    """Twelve entries under four checkpoints, each told to a witness."""
    where = tmp_path / "witness.txt"
    for number in range(4):
        trail.write(*(f"line {number}.{part}" for part in range(3)))
        trail.seal()
        witness.tell(f"file://{where}", trail.database.settings)
    return trail


def problems(trail, tmp_path, *, asked=False):
    checkpoints, found = [], []
    if asked:
        checkpoints, found = witnessed.read(tmp_path / "witness.txt", trail.verifiers())
    checking = Verification(trail.verifiers(), checkpoints, found)
    good = checking.run(trail.export(tmp_path / "export.jsonl"))
    assert good == (not checking.problems)
    return checking.problems


def entry_of(trail, action):
    (row,) = trail.ask("select id from audit_event where action = %s", action)
    return row["id"]


def test_an_untouched_trail_is_good(sealed, tmp_path):
    assert problems(sealed, tmp_path, asked=True) == []


def test_an_edited_entry_is_named(sealed, tmp_path):
    edited = entry_of(sealed, "line 1.1")
    sealed.tamper("update audit_event set outcome = 'refused' where id = %s", edited)
    (problem,) = problems(sealed, tmp_path)
    assert problem.startswith(f"Entry {edited} (line 1.1, ")
    assert "was changed after it was sealed" in problem


def test_an_entry_edited_with_its_leaf_is_found_between_two_checkpoints(sealed, tmp_path):
    sealed.tamper("update audit_event set reason = 'x' where action = 'line 1.1'")
    sealed.tamper(FORGED_LEAF)
    (problem,) = problems(sealed, tmp_path)
    assert problem.startswith("Between the checkpoint of 3 entries (")
    assert "the checkpoint of 6 entries (" in problem
    assert problem.endswith("positions 3 to 5.")


def test_a_deleted_entry_is_named_even_when_its_leaf_is_gone_too(sealed, tmp_path):
    gone = entry_of(sealed, "line 2.0")
    sealed.tamper("delete from audit_event where id = %s", gone)
    assert problems(sealed, tmp_path) == [f"Entry {gone} was deleted: its leaf is there."]
    sealed.tamper("delete from audit_leaf where event_id = %s", gone)
    missing, between = problems(sealed, tmp_path)
    assert missing == "The leaves at positions 6 to 6 are missing."
    assert "the checkpoint of 9 entries" in between


def test_a_deleted_entry_with_the_others_moved_up_is_found(sealed, tmp_path):
    gone = entry_of(sealed, "line 2.0")
    sealed.tamper("delete from audit_event where id = %s", gone)
    sealed.tamper("delete from audit_leaf where event_id = %s", gone)
    sealed.tamper("update audit_leaf set position = -position where position > 6")
    sealed.tamper("update audit_leaf set position = -position - 1 where position < 0")
    found = problems(sealed, tmp_path)
    assert any("positions 6 to 8" in one for one in found)
    assert any("The end is missing" in one for one in found)


def test_an_entry_put_in_is_named_when_it_pretends_to_be_old(sealed, tmp_path):
    sealed.tamper(
        "insert into audit_event (at, roles, action, written_in) select at, '{}', 'forged',"
        " written_in from audit_event where action = 'line 0.1'"
    )
    sealed.seal()
    (problem,) = problems(sealed, tmp_path)
    assert "(forged, " in problem
    assert "stands in the trail, but not in the tree" in problem


def test_an_entry_put_in_now_that_says_it_was_long_ago_is_named(sealed, tmp_path):
    sealed.tamper(
        "insert into audit_event (at, roles, action) values (now() - interval '1 day', '{}', 'x')"
    )
    sealed.seal()
    (problem,) = problems(sealed, tmp_path)
    assert "was put in later than it says: it came after the checkpoint of 12 entries" in problem


def test_two_entries_that_exchanged_places_are_found(sealed, tmp_path):
    one, other = entry_of(sealed, "line 1.0"), entry_of(sealed, "line 1.2")
    for old, new in ((one, -1), (other, one), (-1, other)):
        sealed.tamper("update audit_leaf set event_id = %s where event_id = %s", new, old)
    found = problems(sealed, tmp_path)
    assert len(found) == 2
    sealed.tamper(FORGED_LEAF)
    (problem,) = problems(sealed, tmp_path)
    assert "positions 3 to 5" in problem


def test_two_entries_whose_subjects_were_exchanged_are_both_named(trail, tmp_path):
    """Two people who are really in the trail; then with their leaves forged as well."""
    one, other = SimpleNamespace(person_id=uuid4()), SimpleNamespace(person_id=uuid4())
    with transaction(NOBODY):
        audit.record(NOBODY, "seen one", one)
    trail.seal()
    with transaction(NOBODY):
        audit.record(NOBODY, "seen other", other)
    trail.seal()
    assert problems(trail, tmp_path) == []
    trail.tamper(
        "update audit_event a set person_id = b.person_id from audit_event b"
        " where a.action <> b.action"
    )
    first, second = problems(trail, tmp_path)
    assert "(seen one, " in first
    assert "(seen other, " in second
    trail.tamper(FORGED_LEAF)
    found = problems(trail, tmp_path)
    assert any("positions 0 to 0" in problem for problem in found), found
    assert any("positions 1 to 1" in problem for problem in found), found


def cut(sealed):
    """The last three entries, their leaves and their checkpoint, as if they had never been."""
    sealed.tamper("delete from audit_event where action like 'line 3.%%'")
    sealed.tamper("delete from audit_leaf where position > 8")
    sealed.tamper("delete from audit_checkpoint where size > 9")
    sealed.tamper(
        "update audit_cursor set (written_in, event_id) = (select e.written_in, e.id"
        " from audit_event e order by e.written_in desc, e.id desc limit 1)"
    )


def test_a_cut_end_is_found_by_the_witness_and_only_by_the_witness(sealed, tmp_path):
    cut(sealed)
    assert problems(sealed, tmp_path) == []
    (problem,) = problems(sealed, tmp_path, asked=True)
    assert problem.startswith("The end was cut off: the witness was told the checkpoint of 12")


def test_an_end_cut_and_grown_again_is_refused_by_the_witness_and_found_in_its_file(
    sealed, tmp_path
):
    cut(sealed)
    sealed.write("other 1", "other 2", "other 3", "other 4")
    sealed.seal()
    with pytest.raises(witness.Contradiction, match="12 entries"):
        witness.tell(f"file://{tmp_path / 'witness.txt'}", sealed.database.settings)
    assert problems(sealed, tmp_path) == []
    (problem,) = problems(sealed, tmp_path, asked=True)
    assert problem.startswith("The witness was told another tree: the checkpoint of 12 entries")


def test_a_history_written_anew_with_the_stolen_key_is_found_by_the_witness(sealed, tmp_path):
    sealed.tamper("update audit_event set reason = 'x' where action = 'line 1.1'")
    sealed.tamper("truncate audit_leaf, audit_checkpoint")
    sealed.tamper("update audit_cursor set written_in = '0', event_id = 0")
    sealed.seal()
    assert problems(sealed, tmp_path) == []
    found = problems(sealed, tmp_path, asked=True)
    assert ["another tree: the checkpoint of 6" in one for one in found].count(True) == 1


def test_a_checkpoint_signed_by_somebody_else_is_not_believed(sealed, tmp_path):
    sealed.tamper("update audit_checkpoint set note = replace(note, E'\\n12\\n', E'\\n13\\n')")
    found = problems(sealed, tmp_path)
    assert found
    assert "not to be believed: The signature of localhost:8000/audit is wrong" in found[0]


def test_verify_and_prove_run_from_the_export_alone(sealed, tmp_path):
    export = sealed.export(tmp_path / "export.jsonl.gz")
    keys = tmp_path / "keys"
    keys.write_text("\n".join(map(str, sealed.verifiers())))
    alone = CliRunner(env=dict.fromkeys(("TRELLIS_DATABASE_URL", "TRELLIS_SECRET_KEY")))
    asked = ["--keys", str(keys), "--witness", str(tmp_path / "witness.txt")]
    said = alone.invoke(main, ["audit", "verify", str(export), *asked])
    assert said.exit_code == 0, said.output
    assert "Good: 12 entries are as they were sealed, up to the checkpoint of 12" in said.output
    assert "The witness agrees" in said.output
    said = alone.invoke(main, ["audit", "verify", str(export)])
    assert "No witness was asked" in said.output
    assert "give --keys to know whose they are" in said.output

    number = entry_of(sealed, "line 2.1")
    said = alone.invoke(main, ["audit", "prove", str(export), "--entry", str(number), *asked[:2]])
    shown = json.loads(said.output)
    assert (shown["position"], shown["entry"]["action"]) == (7, "line 2.1")
    between = ["--from", "3", "--to", "12", *asked[:2]]
    said = alone.invoke(main, ["audit", "prove", str(export), *between])
    assert said.output.startswith("old 3\n")
    for wrong, words in (
        (["--entry", "999999999"], "There is no entry 999999999"),
        (["--from", "4", "--to", "12"], "There is no checkpoint of 4 entries"),
        (["--from", "4"], "Give either --entry, or --from and --to"),
    ):
        said = alone.invoke(main, ["audit", "prove", str(export), *wrong, *asked[:2]])
        assert said.exit_code
        assert words in said.output


def test_verify_says_what_is_wrong_and_ends_with_one(sealed, tmp_path):
    sealed.tamper("update audit_event set outcome = 'x' where action = 'line 0.2'")
    export = sealed.export(tmp_path / "export.jsonl")
    said = CliRunner().invoke(main, ["audit", "verify", str(export)])
    assert said.exit_code == 1
    assert "(line 0.2, " in said.output
    assert "Things wrong with this trail: 1" in said.output
    export.write_text(export.read_text()[:-40])
    assert "cannot be read" in CliRunner().invoke(main, ["audit", "verify", str(export)]).output
    prover = proving.Prover(sealed.export(tmp_path / "again.jsonl"), sealed.verifiers())
    with pytest.raises(proving.NotProved, match="not what was sealed"):
        prover.inclusion(entry_of(sealed, "line 0.2"))


@pytest.mark.parametrize(
    "statement",
    [
        "update audit_leaf set hash = sha256('x')",
        "delete from audit_leaf",
        "truncate audit_leaf",
        "insert into audit_leaf values (99, 99, sha256('x'))",
        "update audit_checkpoint set size = 1",
        "delete from audit_checkpoint",
        "update audit_cursor set event_id = 0",
        "update integrity_finding set problem = 'x'",
        "delete from integrity_finding",
        "insert into audit_event (at, roles, action, written_in) values (now(), '{}', 'x', '3')",
    ],
)
def test_the_applications_own_credentials_change_nothing_of_it(sealed, statement):
    """Even in the notary's name, which no web page can take."""
    key = secrets.derive(sealed.database.settings.secret_key, "context")
    with psycopg.connect(sealed.database.url()) as application:
        for asker in (NOTARY, CHECKER):
            context.say(application.execute, asker, key)
            with pytest.raises(psycopg.errors.InsufficientPrivilege), application.transaction():
                application.execute(statement)


def test_without_the_notarys_name_nothing_of_the_ledger_is_shown(sealed):
    with transaction(NOBODY) as session:
        for table in ("audit_leaf", "audit_checkpoint", "audit_witness", "integrity_finding"):
            assert session.execute(sa.text(f"select * from {table}")).all() == []


def test_the_ledger_needs_neither_database_nor_web():
    """An auditor needs Python and `cryptography`."""
    asked = (
        "import sys, app.core.ledger.verification, app.core.ledger.proving,"
        " app.core.ledger.witnessed; print(sorted({one.split('.')[0] for one in sys.modules}"
        " & {'flask', 'sqlalchemy', 'psycopg', 'procrastinate', 'config', 'structlog'}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
