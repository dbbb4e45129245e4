"""What somebody can do who runs SQL of their own with the application's credentials."""

import contextlib
import time
import uuid

import psycopg
import pytest

from app.core import context, guard, secrets
from app.core.db import transaction
from app.identity.actor import Actor, Role
from tests.stage import Stage
from tests.world import World

# Refused either way: the wall asks who is there, or the role has no right to the table at all.
REFUSED = (
    psycopg.errors.InvalidAuthorizationSpecification,
    psycopg.errors.InsufficientPrivilege,
)

UNDOING = (
    "truncate {} cascade",
    "alter table {} disable row level security",
    "alter table {} no force row level security",
    "alter table {} disable trigger all",
    "create policy mine on {} using (true)",
    "drop table {} cascade",
    "create rule mine as on insert to {} do nothing",
)


@pytest.fixture
def world(database):
    return World(database)


@pytest.fixture
def attacker(database):
    with psycopg.connect(database.url()) as connection:
        yield connection
        connection.rollback()


def key_of(database):
    return secrets.derive(database.settings.secret_key, "context")


def say(attacker, database, actor, at=None):
    context.say(attacker.execute, actor, key_of(database), at)


def said(attacker):
    """What an attacker learns who sees the statement of somebody else's transaction."""
    return attacker.execute("select current_setting('trellis.context')").fetchone()[0]


def say_again(attacker, signed):
    attacker.execute(context.SAY, [signed])


@pytest.fixture
def superuser(database):
    with psycopg.connect(database.url("postgres"), autocommit=True) as connection:
        yield connection


@pytest.fixture
def tables(superuser):
    """Every table that holds something about a person, as the catalogue has it today."""
    found = [name for (name,) in superuser.execute(guard.PERSON_BEARING)]
    assert {"person", "person_key", "referral", "relationship", "audit_event"} <= set(found)
    return found


def rows_shown(attacker, table):
    """How many rows of a table are shown, or None when the asking is refused."""
    try:
        with attacker.transaction():
            return len(attacker.execute(f"select * from {table}").fetchall())
    except REFUSED:
        return None


def test_without_a_context_no_person_bearing_table_shows_a_row(database, superuser, tables):
    Stage(database).sent_on()
    with psycopg.connect(database.url()) as attacker:
        shown = {table: rows_shown(attacker, table) for table in tables}
    for table, count in shown.items():
        (stored,) = superuser.execute(f"select count(*) from {table}").fetchone()
        # An empty table has nothing to ask the context about; any other refuses.
        assert count is None if stored else not count, table


def test_nobodys_context_shows_no_row_of_any_of_them(database, attacker, tables):
    Stage(database).sent_on()
    say(attacker, database, context.NOBODY)
    assert [table for table in tables if rows_shown(attacker, table)] == []


def test_a_context_ends_with_its_transaction(database, world, attacker):
    world.referred()
    say(attacker, database, world.gp)
    assert rows_shown(attacker, "referral")
    attacker.commit()
    assert rows_shown(attacker, "referral") is None


def test_nobody_reads_the_context_of_another_connection(database, world, attacker):
    """To replay one it would have to be seen: it travels as a parameter, not in a statement."""
    with psycopg.connect(database.url()) as victim:
        say(victim, database, world.gp)
        told = attacker.execute("select query from pg_stat_activity where query <> ''").fetchall()
        assert any("trellis.context" in query for (query,) in told)
        assert [query for (query,) in told if str(world.gp.user_id) in query] == []
        victim.rollback()


def test_a_context_signed_with_another_key_is_refused(world, attacker):
    context.say(attacker.execute, world.gp, b"k" * 32)
    with pytest.raises(psycopg.errors.InvalidAuthorizationSpecification, match="forged"):
        attacker.execute("select * from person")


@pytest.mark.parametrize("part", range(5))
def test_a_context_with_one_part_changed_is_refused(database, world, attacker, part):
    say(attacker, database, world.gp)
    parts = said(attacker).split("|")
    parts[part] = (str(uuid.uuid4()), str(world.team), "holder,source", "9999999999", "1")[part]
    say_again(attacker, "|".join(parts))
    with pytest.raises(psycopg.errors.InvalidAuthorizationSpecification, match="forged"):
        attacker.execute("select * from person")


def test_a_context_with_a_part_left_out_is_refused(database, world, attacker):
    say(attacker, database, world.gp)
    *parts, _begun, mac = said(attacker).split("|")
    say_again(attacker, "|".join([*parts, mac]))
    with pytest.raises(psycopg.errors.InvalidAuthorizationSpecification, match="forged"):
        attacker.execute("select * from person")


def test_a_context_said_again_on_another_connection_is_refused(database, world, attacker):
    world.referred()
    with psycopg.connect(database.url()) as victim:
        say(victim, database, world.gp)
        assert rows_shown(victim, "referral")
        say_again(attacker, said(victim))
        with pytest.raises(psycopg.errors.InvalidAuthorizationSpecification, match="replayed"):
            attacker.execute("select * from referral")


def test_a_context_said_again_in_the_next_transaction_is_refused(database, world, attacker):
    world.referred()
    say(attacker, database, world.gp)
    assert rows_shown(attacker, "referral")
    seen = said(attacker)
    attacker.commit()
    say_again(attacker, seen)
    with pytest.raises(psycopg.errors.InvalidAuthorizationSpecification, match="replayed"):
        attacker.execute("select * from referral")


def test_a_context_that_has_run_out_is_refused(database, world, attacker):
    say(attacker, database, world.gp, at=time.time() - 3600)
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
    say(attacker, database, world.other_gp)
    values = {"agency": world.other_practice, "referral": referral_id, "person": uuid.uuid4()}
    with pytest.raises((psycopg.errors.InsufficientPrivilege, psycopg.errors.ForeignKeyViolation)):
        attacker.execute(statement, values)


def test_no_person_bearing_table_can_be_emptied_altered_or_laid_bare(attacker, tables):
    for table in tables:
        for statement in UNDOING:
            with pytest.raises(REFUSED), attacker.transaction():
                attacker.execute(statement.format(table))
        # A grant of what one may not give away is no error, it only has no effect.
        with contextlib.suppress(REFUSED), attacker.transaction():
            attacker.execute(f"grant select on {table} to public")
        public = "select has_table_privilege('public', %s, 'select')"
        assert attacker.execute(public, [table]).fetchone() == (False,), table


def test_no_other_role_can_be_taken_on(attacker):
    others = attacker.execute("select rolname from pg_roles where rolname <> current_user")
    for (name,) in others.fetchall():
        for way in ("set role", "set session authorization"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege), attacker.transaction():
                attacker.execute(f'{way} "{name}"')


def test_every_function_that_lends_its_rights_is_closed_and_looks_in_one_place(superuser):
    """`security definer` with a search path of the caller's choice runs the caller's code."""
    lending = superuser.execute("""
        select p.oid::regprocedure::text, p.proconfig, has_function_privilege('public', p.oid,
            'execute') from pg_proc p join pg_namespace n on n.oid = p.pronamespace
        where p.prosecdef and n.nspname !~ '^pg_'""").fetchall()
    assert len(lending) > 10
    loose = [
        name
        for name, settings, public in lending
        if public or not any(one.startswith("search_path=") for one in settings or ())
    ]
    assert loose == []


def test_a_relationship_that_has_ended_cannot_be_opened_again(database, world, attacker):
    referral_id = world.referred()
    say(attacker, database, world.lead)
    mine = attacker.execute(
        "select id, person_id from relationship where referral_id = %s and role = 'holder'",
        [referral_id],
    ).fetchone()
    attacker.execute("select trellis.end_relationship(%s)", [mine[0]])
    attacker.commit()
    ways = (
        "update relationship set ended_at = null where id = %(relationship)s",
        "select trellis.end_relationship(%(relationship)s)",
        "select trellis.open_referral(%(referral)s, %(person)s)",
        "select trellis.send_referral(%(referral)s)",
        "select trellis.pass_on(%(referral)s, gen_random_uuid(), gen_random_uuid())",
    )
    values = {"relationship": mine[0], "person": mine[1], "referral": referral_id}
    say(attacker, database, world.lead)
    for way in ways:
        with pytest.raises(psycopg.errors.InsufficientPrivilege), attacker.transaction():
            attacker.execute(way, values)
    assert attacker.execute("select 1 from referral where id = %s", [referral_id]).fetchall() == []


def test_a_relationship_cannot_be_granted_to_oneself_through_the_functions(
    database, world, attacker
):
    referral_id = world.referred()
    outsider = world.other_gp
    say(attacker, database, outsider)
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
    say(attacker, database, world.gp)
    for statement, values in (
        (call, [reference]),
        ("select trellis.break_glass(%s, 'because I want to see it')", [referral_id]),
    ):
        with pytest.raises(refused), attacker.transaction():
            attacker.execute(statement, values)
    say(attacker, database, world.other_lead)
    told = [attacker.execute(call, [reference]).fetchone()[0] for _ in range(52)]
    assert told[:50] == ["opened"] * 50
    assert told[50:] == ["limit"] * 2, "whatever limit is asked for"
    lines = (
        "select count(*) from audit_event where user_id = %s and action = 'referral.glass_broken'"
    )
    say(attacker, database, world.somebody(Role.PRIVACY_OFFICER, of=world.other_team))
    assert attacker.execute(lines, [world.other_lead.user_id]).fetchone() == (50,)
    mine = attacker.execute("select id from glass_break limit 1").fetchone()
    say(attacker, database, world.gp)
    with pytest.raises(refused):
        attacker.execute("select trellis.end_emergency(%s)", mine)


def test_a_role_without_reach_sees_no_row_of_its_own_agency(database, world, attacker):
    world.referred()
    administrator = Actor(uuid.uuid4(), world.practice, frozenset({Role.ADMINISTRATOR}))
    say(attacker, database, administrator)
    assert attacker.execute("select count(*) from referral").fetchone() == (0,)


def test_the_audit_trail_takes_no_line_in_another_name(database, world, attacker):
    say(attacker, database, world.gp)
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        attacker.execute(
            "insert into audit_event (at, user_id, agency_id, roles, action)"
            " values (now(), %s, %s, '{}', 'x')",
            [uuid.uuid4(), world.practice],
        )
