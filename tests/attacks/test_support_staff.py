"""Whoever keeps the platform running has no way to anybody's words: no command prints them, and no
database role reads more than sealed bytes.

Every command of `trellis` is named here; a new one has to be tried as well.
"""

import contextlib
import io
import uuid

import click
import psycopg
import pytest
import sqlalchemy as sa
from click.testing import CliRunner
from sqlalchemy.exc import ProgrammingError

from app.cli import main
from app.core import clock
from app.core.db import session, transaction
from app.identity import notices
from app.identity.actions import membership
from app.identity.actor import Actor, Role
from app.identity.queries import membership as members
from referrals.caseload.actions import encounter
from referrals.caseload.actions.encounter import EncounterDraft
from referrals.caseload.models.encounter import Kind, Outcome
from referrals.safeguarding.actions import note as notes
from referrals.safeguarding.actions.note import NoteDraft
from tests.attacks.canary import NAMES, NUMBERS, REACH, WORDS, found_in
from tests.conftest import AUDIT_KEY, INDEX_KEY, KEY
from tests.stage import Stage

SECRETS = {
    **NAMES,
    **{name: WORDS[name] for name in ("reason", "own words", "note", "concern")},
    "phone": REACH["phone"],
    "nhs": NUMBERS["nhs"],
}
SECRETS.pop("preferred")
FILE = "{folder}/written"
TRIED = {
    "policy": [],
    "migrate": [],
    "keys create": [],
    "keys check": [],
    "keys rotate": ["person"],
    "audit keys": [],
    "audit check": [],
    "audit export": [FILE],
    "audit verify": [FILE],
    "audit prove": [FILE],
    "agency add": ["A {folder} agency", "--kind", "practice"],
    "agency appoint": [
        "A {folder} agency",
        *("--issuer", "https://x.example"),
        "--subject",
        "s",
        "--person",
        "P",
    ],
    "backup": [FILE + ".dump"],
    # Into a database that is not empty: refused. `make drill` restores one really.
    "restore": [FILE + ".dump", "--admin-url", "{admin}"],
    "directory provenance": ["00000000-0000-0000-0000-000000000000"],
}
# These do their whole work here.
WORK = {
    *("policy", "migrate", "keys create", "keys check", "backup"),
    *("audit keys", "audit export", "agency add"),
}
REFUSED = (
    psycopg.errors.InsufficientPrivilege,
    psycopg.errors.InvalidAuthorizationSpecification,
)
# These serve, build up or take down, or fill the directory, where no person is; their words come
# from the same few lines, and their own tests read them.
ONLY_HELP = {
    *("run", "web", "worker", "reset", "database prepare"),
    *("keys forget", "directory bounced", "directory give-back"),
    *(
        "directory load-needs",
        "directory load-postcodes",
        "directory import",
        "postcodes load",
        "practices load",
    ),
}


def commands(group=main, path=()):
    for name, one in group.commands.items():
        if isinstance(one, click.Group):
            yield from commands(one, (*path, name))
        else:
            yield " ".join((*path, name))


def person_bearing(superuser):
    bearing = (
        "select table_name from information_schema.columns where column_name = 'person_id'"
        " and table_schema = 'public' and table_name <> 'audit_event' union select 'person'"
    )
    return [row[0] for row in superuser.execute(bearing)]


@pytest.fixture(scope="module")
def canary(database):
    """A person whose every word is unmistakable, with a note and a safeguarding note."""
    stage = Stage(database)
    said = {"given_name": NAMES["given"], "family_name": NAMES["family"]}
    said |= {"phone": REACH["phone"], "nhs_number": NUMBERS["nhs"]}
    referral_id = stage.taken_on(**said, reason=WORDS["reason"], own_words=WORDS["own words"])
    with transaction(stage.worker):
        referral = stage.get(stage.worker, referral_id)
        assert referral.person.identity.family_name == NAMES["family"]
        spoke = EncounterDraft(clock.today(), Kind.TELEPHONE, Outcome.SPOKE, note=WORDS["note"])
        encounter.record(stage.worker, referral, spoke)
        concern = (WORDS["concern"], "", clock.today(), None)
        readers = [stage.lead.user_id]
        said = NoteDraft(*concern, hidden_from_person=True, readers=readers)
        notes.add(stage.worker, referral, said)
    return stage


@pytest.fixture(scope="module")
def environment(database, superuser):
    superuser.execute(f"grant connect on database {database.name} to trellis_backup")
    return {
        "TRELLIS_DATABASE_URL": database.url(),
        "TRELLIS_OWNER_DATABASE_URL": database.url("trellis_owner"),
        "TRELLIS_BACKUP_DATABASE_URL": database.url("trellis_backup"),
        "TRELLIS_SECRET_KEY": KEY,
        "TRELLIS_ROOT_KEY": KEY,
        "TRELLIS_INDEX_KEY": INDEX_KEY,
        "TRELLIS_AUDIT_KEY": AUDIT_KEY,
        "TRELLIS_DEMONSTRATION": "1",
    }


def test_every_command_is_tried_or_named():
    assert set(commands()) == set(TRIED) | ONLY_HELP


def test_no_command_prints_or_writes_anything_of_a_person(canary, environment, database, tmp_path):
    heap, log = "", io.StringIO()
    for name, words in TRIED.items():
        given = [one.format(folder=tmp_path, admin=database.url("postgres")) for one in words]
        with contextlib.redirect_stderr(log):
            done = CliRunner().invoke(main, [*name.split(), *given], env=environment)
        heap += f"{done.output} {done.exception!r}"
        assert done.exit_code in ((0,) if name in WORK else (0, 1, 2)), (name, done.output)
    written = b"".join(one.read_bytes() for one in tmp_path.rglob("*") if one.is_file())
    assert "view a referral" in heap
    assert "person: done" in heap
    assert "not empty" in heap
    assert (tmp_path / "written.dump").stat().st_size > 100_000
    assert written
    assert found_in((heap + log.getvalue()).encode() + written, SECRETS) == set()


@pytest.mark.parametrize("command", sorted(ONLY_HELP))
def test_what_the_others_can_be_asked_for_is_no_person(command):
    told = CliRunner().invoke(main, [*command.split(), "--help"]).output.lower()
    for word in ("--nhs", "--person", "--decrypt", "--reveal", "surname", "date of birth"):
        assert word not in told


@pytest.mark.parametrize("role", ["trellis_owner", "trellis_report", "trellis_app"])
def test_no_role_of_the_database_reads_a_row_of_a_person(role, canary, database):
    with psycopg.connect(database.url("postgres")) as superuser:
        tables = person_bearing(superuser)
    assert {"person", "safeguarding_note", "glass_break", "unusual_access"} <= set(tables)
    with psycopg.connect(database.url(role), autocommit=True) as connection:
        for table in tables:
            rows = []
            with contextlib.suppress(*REFUSED):
                rows = connection.execute(f"select * from {table} limit 1").fetchall()
            assert rows == [], table


def test_even_whoever_may_see_every_row_sees_sealed_bytes(canary, database):
    with psycopg.connect(database.url("postgres")) as superuser:
        tables = superuser.execute(
            "select relname from pg_class where relkind = 'r'"
            " and relnamespace = 'public'::regnamespace"
        ).fetchall()
        heap = "".join(
            repr(superuser.execute(f"select t::text from {name} t").fetchall())
            for (name,) in tables
            if name not in ("postcode", "service_search")
        )
    assert found_in(heap.encode(), SECRETS) == set()


@pytest.fixture
def appoint(environment):
    """`appoint(agency, subject)` → what `trellis agency appoint` answered."""

    def run(agency, subject):
        who = ["--issuer", "https://x.example", "--subject", subject, "--person", "Op"]
        return CliRunner().invoke(main, ["agency", "appoint", agency, *who], env=environment)

    return run


def told(owner, agency_id):
    asked = (
        "select args->>'kind', args->>'reference', args->>'notice' from procrastinate_jobs"
        " where args->>'reference' = any (select user_id::text from membership"
        " where agency_id = %(id)s union select %(id)s::text)"
    )
    return set(owner.execute(asked, {"id": agency_id}).fetchall())


def test_an_operator_appoints_nobody_where_somebody_administers(appoint, member):
    refused = appoint(member(Role.ADMINISTRATOR).agency_name, uuid.uuid4().hex)
    assert refused.exit_code == 1
    assert "has an administrator" in refused.output
    assert (
        "No such option"
        in CliRunner().invoke(main, [*["agency", "appoint", "A", "--role", "x"]]).output
    )


def test_whoever_an_operator_appoints_is_announced_and_reads_no_record(
    appoint, owner, member, superuser
):
    referrer = member(Role.REFERRER)
    officer = member(Role.PRIVACY_OFFICER, of=referrer)
    subject = uuid.uuid4().hex
    done = appoint(referrer.agency_name, subject)
    assert done.exit_code == 0, done.output
    user_id = uuid.UUID(done.stdout.strip())
    agency_id = referrer.agency_id
    what = notices.APPOINTED
    assert told(owner, agency_id) == {
        ("agency", str(agency_id), what),
        ("user", str(officer.user_id), what),
    }
    line = superuser.execute(
        "select user_id, reason from audit_event where agency_id = %s and action = %s",
        [agency_id, "membership.appointed"],
    ).fetchall()
    assert line == [(None, "by an operator of the platform")]
    (held,) = owner.execute("select roles from membership where user_id = %s", [user_id]).fetchone()
    assert held == ["administrator"]
    operator = Actor(user_id, agency_id, frozenset({Role.ADMINISTRATOR}), proved_at=clock.now())
    with transaction(operator):
        for table in person_bearing(superuser):
            with contextlib.suppress(ProgrammingError), session.begin_nested():
                assert session.execute(sa.text(f"select 1 from {table} limit 1")).all() == [], table
        (own,) = [one for one in members.of_agency(operator) if one.user.id == user_id]
        membership.change_roles(operator, own.membership, [Role.ADMINISTRATOR, Role.REFERRER])
    assert ("user", str(officer.user_id), notices.OWN_ROLES) in told(owner, agency_id)
    assert ("user", str(user_id), notices.OWN_ROLES) not in told(owner, agency_id)
    changed = "select reason from audit_event where user_id = %s and action = 'membership.changed'"
    assert superuser.execute(changed, [user_id]).fetchall() == [("administrator, referrer",)]


def test_a_suspended_person_is_not_appointed_and_stays_suspended(appoint, owner, member):
    gone, subject = member(Role.ADMINISTRATOR), uuid.uuid4().hex
    suspend = "update app_user set status = 'suspended', subject = %s, issuer = %s where id = %s"
    owner.execute(suspend, [subject, "https://x.example", gone.user_id])
    refused = appoint(gone.agency_name, subject)
    assert (refused.exit_code, "suspended" in refused.output) == (1, True)
    status = owner.execute("select status from app_user where id = %s", [gone.user_id]).fetchone()
    assert status == ("suspended",)
    assert told(owner, gone.agency_id) == set()
