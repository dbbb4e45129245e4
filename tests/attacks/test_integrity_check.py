"""What the nightly check finds that no key can: an old blob, an old key, a row that is gone."""

import uuid

import pytest

from app.core import audit
from app.core.db import transaction
from app.core.integrity import check, sealed
from app.core.rotation import rotate_people
from app.identity.actor import Role
from referrals.record.actions import integrity
from referrals.record.models.person import Person
from referrals.retention.actions import erasure as erasing
from referrals.retention.queries import erasure as erasures
from referrals.retention.queries import kept as kept_until
from tests.ageing import ended, officers, person_of
from tests.fixtures_integrity import apart, found_by, person_id, rewrite, superuser, world
from tests.fixtures_sealing import owner_engine
from tests.stage import Stage

__all__ = ["apart", "person_id", "superuser", "world"]


def test_what_nobody_touched_is_good_and_every_row_was_audited(superuser, world, person_id):
    rewrite(world, person_id)
    told = []
    check.run(told.append, batch=3)
    assert told == []
    row = superuser.execute("select * from integrity_check").fetchone()
    assert row["finished_at"] is not None
    assert row["checked"] > 5
    assert row["unaudited"] == 0


def test_an_old_valid_blob_that_was_put_back_is_named_even_after_it_was_shown(
    superuser, world, person_id
):
    old = rewrite(world, person_id)
    superuser.execute("update person set identity_sealed = %s where id = %s", [old, person_id])
    with transaction(world.gp) as session:  # it opens, and a page about it leaves its line
        person = session.get_one(Person, person_id)
        assert person.identity.given_name
        audit.record(world.gp, "person.viewed", person)
    (finding,) = found_by(superuser, person_id)
    assert (finding.problem.table, finding.problem.words) == ("person", "old content was put back")
    line = superuser.execute(
        "select * from audit_event where reason like %s", [f"reference {finding.reference}:%"]
    ).fetchone()
    assert (line["action"], line["subject_id"]) == ("integrity_failure", person_id)
    assert found_by(superuser, person_id) == [], "told a second time"
    rewrite(world, person_id)
    assert found_by(superuser, person_id) == []
    settled = superuser.execute(
        "select settled_at from integrity_finding where reference = %s", [finding.reference]
    ).fetchone()
    assert settled["settled_at"] is not None


def test_bytes_that_were_never_written_are_named(superuser, person_id):
    superuser.execute("update person set contact_sealed = 'x' where id = %s", [person_id])
    (finding,) = found_by(superuser, person_id)
    assert finding.problem.words == "content was changed"


def test_a_row_that_vanished_is_named_with_its_table(superuser, world):
    referral_id = world.referred()
    (event,) = superuser.execute(
        "select id from need where referral_id = %s limit 1", [referral_id]
    ).fetchall()
    superuser.execute("set session_replication_role = replica")
    superuser.execute("delete from need where id = %s", [event["id"]])
    superuser.execute("set session_replication_role = origin")
    (finding,) = found_by(superuser, event["id"])
    assert (finding.problem.table, finding.problem.words) == ("need", "the row is missing")
    assert finding.problem.person_id is not None


def test_two_peoples_keys_exchanged_are_both_named(superuser, world, person_id):
    other_referral = world.referred()
    with transaction(world.gp):
        other = world.get(world.gp, other_referral).person_id
    columns = "branch_key_id, wrapped, commitment, generation"
    superuser.execute(
        f"update person_key k set ({columns}) = (select {columns} from person_key o"
        " where o.person_id = case when k.person_id = %(one)s then %(other)s else %(one)s end)"
        " where k.person_id in (%(one)s, %(other)s)",
        {"one": person_id, "other": other},
    )
    told = []
    check.run(told.append)
    named = {one.problem.row_id: one.problem.words for one in told}
    assert named == {person_id: "the key does not open", other: "the key does not open"}


def test_a_key_that_is_gone_is_named(superuser, person_id):
    superuser.execute("delete from person_key where person_id = %s", [person_id])
    (finding,) = found_by(superuser, person_id)
    assert finding.problem.words == "the key is missing"


def test_a_check_begins_at_the_beginning_whatever_the_database_says_of_it(superuser, person_id):
    superuser.execute("update person set contact_sealed = 'x' where id = %s", [person_id])
    superuser.execute(
        "update integrity_check set started_at = now(), finished_at = null, stage = 999,"
        " last_id = 'ffffffff-ffff-ffff-ffff-ffffffffffff'"
    )
    assert found_by(superuser, person_id)


def test_the_privacy_officers_and_the_operator_are_told_a_reference_and_nobody(
    superuser, world, person_id
):
    officer = world.somebody(Role.PRIVACY_OFFICER, of=world.practice)
    world.somebody(Role.PRIVACY_OFFICER, of=world.other_practice)
    superuser.execute("delete from procrastinate_jobs")
    superuser.execute("update person set contact_sealed = 'x' where id = %s", [person_id])
    integrity.check_integrity(0)
    jobs = superuser.execute("select task_name, args from procrastinate_jobs").fetchall()
    told = {one["args"].get("reference") for one in jobs if one["task_name"] == "send_notice"}
    assert str(officer.user_id) in told
    (operator,) = [one["args"] for one in jobs if one["task_name"] == "tell_operator"]
    text = str(jobs)
    assert operator["reference"] in text
    assert str(person_id) not in text


def test_nobody_but_the_checker_may_ask(world):
    with pytest.raises(Exception, match="does not reach check"), transaction(world.gp) as session:
        session.execute(sealed.NEXT, {"table": "person", "after": uuid.UUID(int=0), "batch": 1})


def test_every_way_of_writing_is_audited_a_whole_journey_new_keys_and_an_erasure(apart, superuser):
    stage = Stage(apart)
    first, second = officers(stage)
    rules = apart.settings.retention
    for _ in range(2):
        referral_id = ended(stage, sent_on=True)
    person_id = person_of(stage, referral_id)
    with owner_engine(apart) as owner:
        rotate_people(owner, say=lambda _words: None)
    with transaction(first):
        erasure_id = erasing.propose(first, kept_until.get(first, rules, person_id)).id
    with transaction(second):
        proposal = erasures.get(second, erasure_id)
        erasing.approve(second, proposal, kept_until.get(second, rules, person_id), rules)
    told = []
    check.run(told.append)
    assert [one for one in told if one.problem.person_id == person_id] == []
    assert superuser.execute("select unaudited from integrity_check").fetchone()["unaudited"] == 0
    kinds = superuser.execute(
        "select distinct subject_kind from audit_event where person_id = %s and digest is not null",
        [person_id],
    ).fetchall()
    assert {one["subject_kind"] for one in kinds} >= {"person", "referral", "disclosure", "need"}

    old = superuser.execute(
        "select identity_sealed from person where id <> %s limit 1", [person_id]
    ).fetchone()
    superuser.execute(
        "update person set identity_sealed = %s where id = %s", [old["identity_sealed"], person_id]
    )
    (finding,) = found_by(superuser, person_id)
    assert finding.problem.words == "erased content came back"
