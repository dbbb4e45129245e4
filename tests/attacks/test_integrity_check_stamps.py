"""Whoever owns the database puts an old blob back and adds a line that vouches for it."""

import psycopg
import pytest
import sqlalchemy as sa

from app.core import context, secrets
from app.core.db import transaction
from app.core.rotation import rotate_people
from referrals.record.models.person import Person
from tests.fixtures_integrity import apart, found_by, person_id, rewrite, superuser, world
from tests.fixtures_sealing import owner_engine

__all__ = ["apart", "person_id", "superuser", "world"]

NOT_OURS, PUT_BACK = "the digest is not ours", "old content was put back"
FORGED = """
    insert into audit_event (at, roles, action, subject_kind, subject_id, person_id, digest, stamp)
    select now(), '{}', 'person.changed', subject_kind, subject_id, person_id, digest, %s
    from audit_event where subject_id = %s and digest is not null order by id limit 1
"""
COPIED = """
    insert into audit_event (at, user_id, agency_id, roles, action, subject_kind, subject_id,
        person_id, digest, stamp)
    select at, user_id, agency_id, roles, action, subject_kind, subject_id, person_id, digest, stamp
    from audit_event where subject_id = %s and digest is not null order by id limit 1
"""


@pytest.fixture
def old(superuser, world, person_id):
    """The person's first blob, put back."""
    superuser.execute(
        "insert into audit_leaf (position, event_id, hash)"
        " select 0, id, trellis.audit_leaf_hash(e) from audit_event e where action = 'stamps begin'"
        " on conflict do nothing"
    )
    before = rewrite(world, person_id)
    superuser.execute("update person set identity_sealed = %s where id = %s", [before, person_id])
    return before


def words(superuser, about):
    return {one.problem.words for one in found_by(superuser, about)}


@pytest.mark.parametrize("stamp", [None, b"", b"x" * 32])
def test_a_forged_line_vouches_for_nothing(superuser, person_id, old, stamp):
    superuser.execute(FORGED, [stamp, person_id])
    assert words(superuser, person_id) == {NOT_OURS, PUT_BACK}


def test_a_genuine_old_line_said_again_vouches_for_nothing(superuser, person_id, old):
    superuser.execute(COPIED, [person_id])
    assert words(superuser, person_id) == {NOT_OURS, PUT_BACK}


def test_another_persons_genuine_line_vouches_for_nothing(superuser, world, person_id, old):
    with transaction(world.gp):
        other = world.get(world.gp, world.referred()).person_id
    superuser.execute(FORGED, [b"", person_id])
    superuser.execute(
        "alter table audit_event disable trigger never_changed;"
        " update audit_event set stamp = (select stamp from audit_event"
        f" where subject_id = '{other}' and stamp is not null limit 1)"
        f" where subject_id = '{person_id}' and stamp = '';"
        " alter table audit_event enable trigger never_changed"
    )
    assert words(superuser, person_id) == {NOT_OURS, PUT_BACK}


def test_a_line_with_the_applications_own_credentials_about_anothers_row_is_named(
    apart, superuser, world, person_id, old
):
    stranger, key = world.other_gp, secrets.derive(apart.settings.secret_key, "context")
    with psycopg.connect(apart.url()) as application:
        context.say(application.execute, stranger, key)
        application.execute(
            "insert into audit_event (at, user_id, agency_id, roles, action, subject_kind,"
            " subject_id, digest, stamp) values (now(), %s, %s, '{}', 'x', 'person', %s,"
            " sha256('x'), sha256('y'))",
            [stranger.user_id, stranger.agency_id, person_id],
        )
    assert words(superuser, person_id) == {NOT_OURS, PUT_BACK}


def test_what_is_written_afterwards_is_believed_again(superuser, world, person_id):
    superuser.execute(FORGED, [b"x", person_id])
    assert words(superuser, person_id) == {NOT_OURS}
    with transaction(world.gp) as session:  # the page does not mind
        assert session.get_one(Person, person_id).identity.given_name
    rewrite(world, person_id)
    assert words(superuser, person_id) == set()
    again = "select count(*) from integrity_finding where subject_id = %s and settled_at is null"
    assert superuser.execute(again, [person_id]).fetchone()["count"] == 0


def test_new_keys_make_new_stamps_and_the_old_keys_line_serves_no_more(apart, superuser, person_id):
    with owner_engine(apart) as owner:
        rotate_people(owner, say=lambda _words: None)
    assert words(superuser, person_id) == set()
    superuser.execute(COPIED, [person_id])
    assert words(superuser, person_id) == {NOT_OURS}


def test_a_rotation_does_not_vouch_for_what_was_put_back(apart, superuser, person_id, old):
    with owner_engine(apart) as owner:
        assert person_id in rotate_people(owner, say=lambda _words: None)
    assert words(superuser, person_id) == {PUT_BACK}


def test_lines_of_the_release_before_count_until_stamps_begin(superuser, person_id):
    """Sealed before the line that says so, and not after."""
    superuser.execute("set session_replication_role = replica")
    superuser.execute("delete from audit_event where action = 'stamps begin'")
    superuser.execute("truncate audit_leaf")
    superuser.execute("update audit_event set stamp = null where subject_id = %s", [person_id])
    superuser.execute(
        "insert into audit_leaf (position, event_id, hash) select row_number() over (order by id),"
        " id, trellis.audit_leaf_hash(e) from audit_event e"
    )
    superuser.execute("set session_replication_role = origin")
    assert words(superuser, person_id) == set()
    begun = superuser.execute("select id from audit_event where action = 'stamps begin'").fetchall()
    assert len(begun) == 1
    superuser.execute(
        "insert into audit_leaf (position, event_id, hash) select 1000000, id,"
        " trellis.audit_leaf_hash(e) from audit_event e where action = 'stamps begin'"
    )
    assert words(superuser, person_id) == set()
    superuser.execute(FORGED, [None, person_id])
    superuser.execute(
        "insert into audit_leaf (position, event_id, hash) select 1000001, max(id), sha256('')"
        " from audit_event"
    )
    assert words(superuser, person_id) == {NOT_OURS}


def test_a_row_that_vanished_is_named_whatever_line_is_put_before_its_own(superuser, world):
    (need,) = superuser.execute(
        "select id from need where referral_id = %s limit 1", [world.referred()]
    ).fetchall()
    superuser.execute("set session_replication_role = replica")
    superuser.execute("delete from need where id = %s", [need["id"]])
    superuser.execute(
        "insert into audit_event (id, at, roles, action, subject_kind, subject_id, digest)"
        " overriding system value values (-1, now(), '{}', 'x', 'nothing', %s, sha256('x'))",
        [need["id"]],
    )
    superuser.execute("set session_replication_role = origin")
    assert words(superuser, need["id"]) == {"the row is missing"}


def test_nobody_but_the_checker_sees_the_lines(world):
    for asked in ("check_lines(gen_random_uuid(), 1)", "are_stamps_begun()"):
        with (
            pytest.raises(Exception, match="does not reach check"),
            transaction(world.gp) as session,
        ):
            session.execute(sa.text(f"select * from trellis.{asked}"))
