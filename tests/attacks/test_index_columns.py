"""No stored column in the clear, and no digest, sorts people by surname, sex, status or diagnosis.

A table of names with frequencies puts a name to a fifth of the people in any column that is
alike for people of one surname. So every index on a table about people is listed here with the
reason why it groups nobody, and 2,000 people are looked at as somebody with the whole database
would look at them.
"""

import hashlib
import random
import uuid
from collections import Counter, defaultdict
from datetime import date, timedelta

import psycopg
import pytest

from app.core import blind_index, keys
from app.core.db import transaction
from app.core.keys import branch
from app.core.keys.person_key import PersonKey
from app.core.keys.ring import ring
from app.core.sealing import blob, codec
from referrals.record.models.person import Contact, Identity, Requirements
from tests import build

KEY = "an id that the client made at random"
WORK = "what is to be done next, and by whom: it is about the work"
# The waiting list of a team is read by it, under the agency and the role.
STATUS = "how far the work on a referral has come; nothing of the person's own state"
WATCHED = "why an officer looks at a member's reading: a few, by their ids"
WHEN = "when something was written"
OURS = "who of the staff did it, or for which agency"
RULE = "how long it is kept: dates, and nothing of the person"
NIGHT = "which table and what was wrong with a row, when the nightly check met damage"
SEARCH = "digests of an NHS number, or of surname and birth together, under a key"

# Every column by which a table about people has an index, and why that groups nobody there: a
# column that is harmless in one table need not be so in another.
LISTED = {
    KEY: {
        "audit_event": "id person_id subject_id",
        "disclosure": "id onward_referral_id referral_id",
        "encounter": "id referral_id corrects_id",
        "erasure": "id person_id",
        "glass_break": "id person_id reference",
        "glass_review": "id glass_break_id person_id",
        "goal": "id referral_id",
        "integrity_finding": "subject_id reference",
        "legal_hold": "id person_id",
        "message": "id referral_id",
        "need": "id referral_id",
        "onward_event": "id onward_referral_id",
        "onward_referral": "id referral_id reference",
        "person": "id",
        "person_index": "person_id key_name",
        "person_key": "person_id branch_key_id",
        "plan_action": "id referral_id",
        "referral": "id person_id reference",
        "referral_event": "id referral_id",
        "relationship": "id person_id referral_id onward_referral_id",
        "retention": "referral_id person_id reference",
        "risk": "id referral_id",
        "safeguarding_note": "id person_id referral_id corrects_id",
        "signpost": "id referral_id",
        "unusual_access": "id person_id",
    },
    WORK: {
        "onward_referral": "answer_due",
        "relationship": "next_due_on role waiting_on_others",
    },
    STATUS: {"relationship": "status"},
    WHEN: {
        "audit_event": "at written_in",
        "encounter": "held_on",
        "erasure": "created_at decided_at",
        "glass_break": "created_at",
        "legal_hold": "created_at",
        "message": "created_at",
        "onward_event": "created_at",
        "referral_event": "created_at",
        "relationship": "sent_at",
        "unusual_access": "on_day",
    },
    OURS: {
        "audit_event": "agency_id",
        "erasure": "agency_id",
        "glass_break": "agency_id user_id",
        "legal_hold": "agency_id",
        "referral": "link_worker_id",
        "relationship": "agency_id link_worker_id granted_by",
        "retention": "from_agency_id to_agency_id",
        "unusual_access": "agency_id user_id",
    },
    WATCHED: {"unusual_access": "kind"},
    RULE: {"retention": "ended_on"},
    NIGHT: {"integrity_finding": "subject_kind problem"},
    SEARCH: {"person_index": "kind digest"},
}
REASONS = {
    (table, column): reason
    for reason, tables in LISTED.items()
    for table, columns in tables.items()
    for column in columns.split()
}
INDEXED = """
    select c.relname, i.indexrelid::regclass::text, coalesce(a.attname, 'an expression')
    from pg_index i join pg_class c on c.oid = i.indrelid
    cross join lateral unnest(i.indkey::int2[]) k(number)
    left join pg_attribute a on a.attrelid = c.oid and a.attnum = k.number and k.number > 0
    where c.relnamespace = 'public'::regnamespace and (c.relname = 'person' or exists (
        select 1 from pg_attribute p where p.attrelid = c.oid and p.attname = 'person_id'
            and not p.attisdropped))"""
CLEAR = """
    select c.relname, a.attname from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relname in ('person', 'person_key', 'person_index') and a.attnum > 0
        and not a.attisdropped"""
SURNAMES = ("Smith", "Jones", "Taylor", "Brown", "Patel", "Khan", "O'Neill", "Nowak")
PEOPLE = 2000


@pytest.fixture
def superuser(database):
    with psycopg.connect(database.url("postgres")) as connection:
        yield connection


def test_every_index_on_a_table_about_people_is_listed_with_its_reason(superuser):
    found = superuser.execute(INDEXED).fetchall()
    tables = {table for table, _, _ in found}
    assert {"person", "person_index", "referral", "encounter", "risk", "need"} <= tables
    indexed = {(table, column) for table, _, column in found}
    unlisted = [one for one in found if (one[0], one[2]) not in REASONS]
    assert unlisted == [], "say in LISTED why it groups nobody, or drop the index"
    assert set(REASONS) - indexed == set(), "there is no such index any more"


def test_the_person_s_own_tables_have_no_column_in_the_clear_that_says_anything(superuser):
    ours = {"agency_id", "version", "created_at", "made_at", "generation", "key_name", "kind"}
    sealed = {"identity_sealed", "contact_sealed", "requirements_sealed", "wrapped", "commitment"}
    ids = {"id", "person_id", "branch_key_id"}
    columns = {name for _, name in superuser.execute(CLEAR)}
    assert columns - ours - sealed - ids == {"digest"}


def people(dice):
    """Two thousand people as a district has them: few surnames for many, everybody an age."""
    for _ in range(PEOPLE):
        born = date(1940, 1, 1) + timedelta(days=dice.randrange(30_000))
        yield Identity(
            given_name="A" * dice.randrange(3, 9),
            family_name=dice.choices(SURNAMES, weights=range(40, 0, -5))[0],
            date_of_birth=born,
            gender=dice.choice("12"),
        )


def test_2000_people_are_not_split_by_surname_or_sex_in_any_column(database, superuser):
    # The rows are written as the application writes them, by the thousand.
    known = stored(database, superuser, list(people(random.Random(7))))
    for column in ("digest", "commitment", "wrapped", "identity_sealed", "contact_sealed"):
        table = {"digest": "person_index", "commitment": "person_key", "wrapped": "person_key"}
        table, whose = table.get(column, "person"), "person_id" if column in table else "id"
        rows = superuser.execute(
            f"select {whose}, {column} from {table} where {whose} = any(%s)", [list(known)]
        ).fetchall()
        assert len(rows) == PEOPLE
        assert splits([(known[one], bytes(value)) for one, value in rows]) == [], column
    # The same look at a digest of the surname alone, or of the sex, tells them apart at once.
    for part in (0, 1):
        alone = [(one, hashlib.sha256(one[part].encode()).digest()) for one in known.values()]
        assert splits(alone)


def splits(rows: list[tuple[tuple[str, str], bytes]]) -> list[str]:
    """What in a column tells people of one surname or sex from the others."""
    told = []
    # The same surname and birthday do happen; one surname alone would make hundreds alike.
    if max(Counter(value for _, value in rows).values()) > 3:
        told.append("many have the same")
    views = {"start": lambda b: b[:8], "end": lambda b: b[-8:], "length": len}
    for name, view in views.items():
        for part in (0, 1):
            groups = defaultdict(Counter)
            for who, value in rows:
                groups[view(value)][who[part]] += 1
            for counted in groups.values():
                (most, count), total = counted.most_common(1)[0], counted.total()
                if total >= 20 and count / total > 0.7:
                    told.append(f"the {name} says {most}")
    return told


def stored(database, superuser, identities):
    agency_id = build.agency(database)
    actor = build.actor(database, agency_id=agency_id)
    key = ring().index.newest()
    with transaction(actor) as session:
        branch_id, branch_key = branch.current(session)
    known, rows = {}, {"person": [], "person_key": [], "person_index": []}
    for one in identities:
        person_key = PersonKey(uuid.uuid4(), 1, random.Random().randbytes(32))
        known[person_key.person_id] = (one.family_name, one.gender)
        groups = {"identity": one, "contact": Contact(), "requirements": Requirements()}
        sealed = [
            blob.seal(
                person_key, blob.Place("person", group, person_key.person_id), codec.to_json(said)
            )
            for group, said in groups.items()
        ]
        rows["person"].append((person_key.person_id, agency_id, *sealed))
        wrapped = keys.person_row.wrapped_row(person_key, branch_id, branch_key)
        rows["person_key"].append(tuple(wrapped.values()))
        digest = blind_index.name_and_birth(one.family_name, one.date_of_birth, key[1])
        rows["person_index"].append((person_key.person_id, "name and birth", digest, key[0]))
    copies = {
        "person": "person (id, agency_id, identity_sealed, contact_sealed, requirements_sealed,"
        " created_at, version)",
        "person_key": f"person_key ({', '.join(wrapped)})",
        "person_index": "person_index (person_id, kind, digest, key_name)",
    }
    for table, target in copies.items():
        with superuser.cursor().copy(f"copy {target} from stdin") as copy:
            for row in rows[table]:
                copy.write_row((*row, "2026-01-01", 1) if table == "person" else row)
    return known
