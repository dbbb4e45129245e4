"""The check walks by keys: no batch reads a table from end to end, whatever its size."""

import uuid

import psycopg
import pytest

from app.core import context, secrets
from app.core.db import NOBODY
from app.core.integrity.checker import CHECKER
from app.core.notary.keeper import NOTARY
from tests.conftest import cloned, prepared

PEOPLE = 3000
LOAD = f"""
    set session_replication_role = replica;
    insert into person (id, created_at, agency_id, identity_sealed, contact_sealed,
        requirements_sealed, version)
    select gen_random_uuid(), now(), gen_random_uuid(), decode(repeat(md5(i::text), 12), 'hex'),
        sha256('c'), sha256('r'), 1 from generate_series(1, {PEOPLE}) i;
    do $$ begin execute format('insert into audit_event (at, roles, action, subject_kind,
        subject_id, person_id, digest, stamp)
        select now(), array[]::text[], %L, %L, r.id, r.id, %s, sha256(r.identity_sealed)
        from person r',
        'person.written', 'person', trellis.digest_expression('person')); end $$;
    insert into audit_event (at, roles, action, subject_kind, subject_id, person_id)
    select now(), array[]::text[], 'caseload.viewed', 'person', id, id
    from person, generate_series(1, 4);
"""
READ = (
    "select relname, seq_tup_read, idx_tup_fetch from pg_stat_xact_user_tables"
    " where relname in ('person', 'audit_event', 'person_key', 'erasure')"
)


@pytest.fixture(scope="module")
def large(server):
    with cloned(server, f"scale_{uuid.uuid4().hex[:12]}") as made, prepared(made):
        with psycopg.connect(made.url("postgres"), autocommit=True) as superuser:
            superuser.execute(LOAD)
            superuser.execute("vacuum analyze person, audit_event, person_key")
        yield made


def asked(large, asker, statement):
    """The answer, and how many rows of each table were read for it."""
    key = secrets.derive(large.settings.secret_key, "context")
    with psycopg.connect(large.url("postgres")) as reader:
        context.say(reader.execute, asker, key)
        answer = reader.execute(statement).fetchall()
        return answer, {name: whole for name, whole, _one in reader.execute(READ).fetchall()}


@pytest.mark.parametrize(
    ("asker", "question"),
    [
        (CHECKER, "trellis.check_digests('person', '80000000-0000-0000-0000-000000000000', 200)"),
        (CHECKER, "trellis.check_present('80000000-0000-0000-0000-000000000000', 200)"),
        (CHECKER, "trellis.check_keys('80000000-0000-0000-0000-000000000000', 200)"),
        (NOTARY, "trellis.seal_audit(200)"),
        (NOBODY, "trellis.audit_standing()"),
    ],
)
def test_a_batch_reads_a_batch(large, asker, question):
    answer, whole = asked(large, asker, f"select * from {question}")
    assert answer
    assert all(rows < PEOPLE for rows in whole.values()), whole


def test_a_batch_finds_every_row_as_it_was_written(large):
    asking = f"trellis.check_digests('person', '{uuid.UUID(int=0)}', 5000)"
    rows, _ = asked(large, CHECKER, f"select stored = digest, before, again from {asking}")
    assert rows == [(True, False, False)] * PEOPLE
