"""The sealer is behind the transactions, never in front of one that has not ended."""

import pytest
from sqlalchemy.exc import ProgrammingError

from app.core.db import NOBODY, session, transaction
from app.core.ledger import checkpoint, entry
from app.core.ledger.note import Verifier
from app.core.ledger.tree import root_of
from app.core.notary import keeper, sealing
from app.core.notary.export import ENTRIES, as_entry
from tests.counting import statements


def checkpoints(trail):
    return trail.ask("select * from audit_checkpoint order by size")


def opened(row):
    return checkpoint.opened(row["note"], map(Verifier.parse, row["signers"]))


def test_every_line_becomes_a_leaf_and_the_root_is_signed(trail):
    trail.write("one", "two")
    trail.write("three")
    assert trail.seal() == 3
    assert trail.sealed() == ["one", "two", "three"]
    (row,) = checkpoints(trail)
    leaves = trail.ask("select hash from audit_leaf order by position")
    signed = opened(row)
    assert (signed.size, signed.root) == (3, root_of(one["hash"] for one in leaves))
    assert trail.seal() == 0
    assert len(checkpoints(trail)) == 1


def test_a_lower_number_that_is_kept_later_is_waited_for_and_sealed(trail):
    with trail.slow_writer("slow") as slow:
        trail.write("quick")
        numbers = {row["action"]: row["id"] for row in trail.ask("select * from audit_event")}
        assert list(numbers) == ["quick"]
        assert trail.seal() == 0, "sealed past a transaction that has not ended"
        slow.commit()
    numbers = {row["action"]: row["id"] for row in trail.ask("select * from audit_event")}
    assert numbers["slow"] < numbers["quick"]
    assert trail.seal() == 2
    assert trail.sealed() == ["slow", "quick"]


def test_what_was_written_before_the_slow_one_is_not_kept_waiting(trail):
    trail.write("before")
    with trail.slow_writer("slow") as slow:
        trail.write("after")
        assert trail.seal() == 1
        slow.rollback()
    assert trail.seal() == 1
    assert trail.sealed() == ["before", "after"]


def test_a_number_taken_early_in_a_long_transaction_is_sealed_once_and_in_its_place(trail):
    """The slow one takes its number first, others are kept and sealed, then it writes more."""
    with trail.slow_writer("slow 1") as slow:
        trail.write("quick 1")
        trail.seal()
        slow.execute("insert into audit_event (at, roles, action) values (now(), '{}', 'slow 2')")
        trail.write("quick 2")
        trail.seal()
        slow.commit()
    trail.write("last")
    trail.seal()
    assert trail.sealed() == ["slow 1", "slow 2", "quick 1", "quick 2", "last"]


def test_batches_end_in_the_same_tree_and_a_killed_sealer_leaves_nothing_half_done(
    trail, monkeypatch
):
    for number in range(11):
        trail.write(f"line {number}")
    monkeypatch.setattr(sealing, "_sign", None)  # it dies after the leaves, before the checkpoint
    with pytest.raises(TypeError):
        trail.seal(batch=4)
    monkeypatch.undo()
    assert trail.sealed() == []
    assert trail.seal(batch=4) == 11
    assert trail.sealed() == [f"line {number}" for number in range(11)]
    assert [row["size"] for row in checkpoints(trail)] == [4, 8, 11]
    leaves = [row["hash"] for row in trail.ask("select hash from audit_leaf order by position")]
    assert [opened(row).root for row in checkpoints(trail)] == [
        root_of(leaves[:size]) for size in (4, 8, 11)
    ]


def test_python_makes_the_same_leaf_as_the_database_from_every_column(trail):
    trail.tamper(
        "insert into audit_event (at, user_id, agency_id, roles, action, subject_kind, subject_id,"
        " person_id, reason, request_id, outcome, digest, stamp) values"
        " ('2026-03-29 01:30:00.000001+00',"
        " gen_random_uuid(), gen_random_uuid(), '{\"link worker\",\"\",\"zoë, {}\"}', 'a', 'b',"
        " gen_random_uuid(), gen_random_uuid(), E'line\\nline – ünïcode 🦊', 'r', 'done',"
        " sha256('x'), sha256('y'))"
    )
    trail.write("plain")
    trail.seal()
    rows = trail.ask(f"{ENTRIES} order by l.position")
    assert len(rows) == 2
    for row in rows:
        assert entry.hash_of(as_entry(row)) == row["leaf"]


def test_a_column_added_to_the_trail_must_be_added_to_the_leaf(trail):
    columns = trail.ask(
        "select column_name from information_schema.columns where table_name = 'audit_event'"
    )
    assert {one["column_name"] for one in columns} == set(entry.COLUMNS), (
        "write version 3 of the leaf: in app/core/ledger/entry.py and in a migration"
    )


def test_after_a_restore_on_a_server_that_counts_lower_everything_is_sealed_once(trail):
    trail.write("sealed before")
    trail.seal()
    trail.tamper("update audit_cursor set written_in = '9000000000000'")
    trail.tamper(
        "insert into audit_event (at, roles, action, written_in)"
        " values (now(), '{}', 'not sealed before', '9000000000001')"
    )
    trail.write("new here")
    assert trail.seal() == 2
    trail.write("later")
    assert trail.seal() == 1
    assert trail.sealed() == ["sealed before", "not sealed before", "new here", "later"]


def test_nothing_is_sealed_over_a_tree_that_was_cut(trail):
    trail.write("one", "two", "three")
    trail.seal()
    trail.tamper("delete from audit_leaf where position = 2")
    trail.write("four")
    with pytest.raises(sealing.LedgerBroken, match="3 entries, but 2 leaves"):
        trail.seal()


def test_without_a_key_nothing_is_sealed_and_the_words_say_what_to_do(apart, settings_maker, trail):
    trail.write("one")
    with pytest.raises(keeper.NoAuditKey, match="TRELLIS_AUDIT_KEY"):
        sealing.seal(settings_maker(apart.url(), TRELLIS_AUDIT_KEY=""))
    assert trail.sealed() == []


def test_only_the_notary_seals(trail):
    with pytest.raises(ProgrammingError, match="does not reach seal"), transaction(NOBODY):
        session.execute(sealing.SEAL, {"batch": 1})


def test_a_line_costs_its_transaction_one_statement_as_ever(trail):
    with statements() as seen:
        trail.write("one")
    who_asks = ["select", "select"]
    assert [one.split()[0].lower() for one in seen] == [*who_asks, "insert"]
