"""What somebody can do who runs SQL of their own with the application's credentials."""

import contextlib
import time
import uuid

import psycopg
import pytest

from app.core import context, secrets
from app.core.db import transaction
from app.identity.actor import Actor, Role
from tests.world import World

PERSON_BEARING = (
    "person", "person_key", "person_index", "referral", "referral_event", "risk", "need", "goal",
    "plan_action", "encounter", "message", "onward_referral", "onward_event", "disclosure",
    "signpost", "relationship", "safeguarding_note", "glass_break", "glass_review",
    "unusual_access",
)  # fmt: skip


@pytest.fixture
def world(database):
    return World(database)


@pytest.fixture
def attacker(database):
    with psycopg.connect(database.url()) as connection:
        yield connection
        connection.rollback()


def sign(database, actor, at=None):
    key = secrets.derive(database.settings.secret_key, "context")
    return context.sign(actor, key, at)


def say(attacker, signed):
    attacker.execute("select set_config('trellis.context', %s, true)", [signed])


@pytest.mark.parametrize("table", PERSON_BEARING)
def test_without_a_context_nothing_is_shown(world, attacker, table):
    world.referred()
    rows = []  # an empty table has nothing to ask the context about
    with contextlib.suppress(psycopg.errors.InvalidAuthorizationSpecification):
        rows = attacker.execute(f"select * from {table}").fetchall()
    assert rows == []


def test_without_a_context_a_table_with_rows_raises(world, attacker):
    world.referred()
    with pytest.raises(psycopg.errors.InvalidAuthorizationSpecification, match="no context"):
        attacker.execute("select * from referral")


@pytest.mark.parametrize("table", PERSON_BEARING)
def test_nobodys_context_shows_no_row(database, world, attacker, table):
    world.referred()
    say(attacker, sign(database, context.NOBODY))
    assert attacker.execute(f"select count(*) from {table}").fetchone() == (0,)


def test_a_context_signed_with_another_key_is_refused(world, attacker):
    say(attacker, context.sign(world.gp, b"k" * 32))
    with pytest.raises(psycopg.errors.InvalidAuthorizationSpecification, match="forged"):
        attacker.execute("select * from person")


@pytest.mark.parametrize("part", range(4))
def test_a_context_with_one_part_changed_is_refused(database, world, attacker, part):
    parts = sign(database, world.gp).split("|")
    parts[part] = {0: str(uuid.uuid4()), 1: str(world.team), 2: "holder,source", 3: "9999999999"}[
        part
    ]
    say(attacker, "|".join(parts))
    with pytest.raises(psycopg.errors.InvalidAuthorizationSpecification, match="forged"):
        attacker.execute("select * from person")


def test_a_context_that_has_run_out_is_refused(database, world, attacker):
    say(attacker, sign(database, world.gp, at=time.time() - 3600))
    with pytest.raises(psycopg.errors.InvalidAuthorizationSpecification, match="expired"):
        attacker.execute("select * from person")


@pytest.mark.parametrize(
    "statement",
    [
        "insert into relationship (agency_id, role) values (%(agency)s, 'holder')",
        "update relationship set ended_at = null, until = null",
        "delete from relationship",
        "set role trellis_policy",
        "set role trellis_owner",
        "truncate person cascade",
        "alter table person disable row level security",
        "drop policy related on person",
        "create table mine (id int)",
        "create function public.mine() returns int language sql as 'select 1'",
        "select * from trellis_private.context_key",
        "delete from audit_event",
        "update audit_event set action = 'nothing'",
        "update person_key set wrapped = wrapped",
        "delete from person_key",
        "delete from referral",
        "update glass_break set ended_at = null, until = now() + interval '1 day'",
        "insert into glass_break (id) values (gen_random_uuid())",
        "delete from glass_break",
        "update glass_review set judgement = 'justified'",
        "delete from unusual_access",
        "update safeguarding_note set agency_id = %(agency)s, user_id = null",
        "delete from person",
        "copy person to program 'cat'",
        "select pg_read_file('/etc/passwd')",
    ],
)
def test_what_would_undo_the_wall_is_denied(database, world, attacker, statement):
    referral_id = world.referred()
    say(attacker, sign(database, world.other_gp))
    values = {"agency": world.other_practice, "referral": referral_id, "person": uuid.uuid4()}
    with pytest.raises((psycopg.errors.InsufficientPrivilege, psycopg.errors.ForeignKeyViolation)):
        attacker.execute(statement, values)


def test_a_relationship_cannot_be_granted_to_oneself_through_the_functions(
    database, world, attacker
):
    referral_id = world.referred()
    outsider = world.other_gp
    say(attacker, sign(database, outsider))
    for call in ("open_referral(%(r)s, gen_random_uuid())", "send_referral(%(r)s)"):
        with (
            pytest.raises(psycopg.errors.InsufficientPrivilege),
            attacker.transaction(),
        ):
            attacker.execute(f"select trellis.{call}", {"r": referral_id})


def test_nobody_breaks_the_glass_by_sql_without_the_reach_the_limit_or_the_trail(
    database, world, attacker
):
    referral_id = world.referred()
    with transaction(world.lead):
        reference = world.get(world.lead, referral_id).reference
    call = (
        "select outcome from trellis.open_in_emergency(gen_random_uuid(), gen_random_uuid()::text,"
        " 'other', %s, 'nhs number', '{}', 1000)"
    )
    refused = psycopg.errors.InsufficientPrivilege
    say(attacker, sign(database, world.gp))
    for statement, values in (
        (call, [reference]),
        ("select trellis.break_glass(%s, 'because I want to see it')", [referral_id]),
    ):
        with pytest.raises(refused), attacker.transaction():
            attacker.execute(statement, values)
    say(attacker, sign(database, world.other_lead))
    told = [attacker.execute(call, [reference]).fetchone()[0] for _ in range(52)]
    assert told[:50] == ["opened"] * 50
    assert told[50:] == ["limit"] * 2, "whatever limit is asked for"
    lines = (
        "select count(*) from audit_event where user_id = %s and action = 'referral.glass_broken'"
    )
    say(attacker, sign(database, world.somebody(Role.PRIVACY_OFFICER, of=world.other_team)))
    assert attacker.execute(lines, [world.other_lead.user_id]).fetchone() == (50,)
    mine = attacker.execute("select id from glass_break limit 1").fetchone()
    say(attacker, sign(database, world.gp))
    with pytest.raises(refused):
        attacker.execute("select trellis.end_emergency(%s)", mine)


def test_a_role_without_reach_sees_no_row_of_its_own_agency(database, world, attacker):
    world.referred()
    administrator = Actor(uuid.uuid4(), world.practice, frozenset({Role.ADMINISTRATOR}))
    say(attacker, sign(database, administrator))
    assert attacker.execute("select count(*) from referral").fetchone() == (0,)


def test_the_audit_trail_takes_no_line_in_another_name(database, world, attacker):
    say(attacker, sign(database, world.gp))
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        attacker.execute(
            "insert into audit_event (at, user_id, agency_id, roles, action)"
            " values (now(), %s, %s, '{}', 'x')",
            [uuid.uuid4(), world.practice],
        )
