"""Sealed tables of our own in a database of their own, for tests of sealing itself."""

import contextlib
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Mapped

import app.core.audit  # noqa: F401 - it hears of damage
from app.core import blind_index, keys
from app.core.db import Base, session, transaction
from app.core.errors import DamagedRecord
from app.core.keys import branch
from app.core.sealing import OptionalSealedGroup, SealedGroup
from tests.conftest import Database, cloned, prepared, sqlalchemy_url

TABLES = """
    create table sealed_person (id uuid primary key, created_at timestamptz not null,
        identity_sealed bytea not null);
    create table sealed_note (id uuid primary key, created_at timestamptz not null,
        person_id uuid not null, narrative_sealed bytea not null, safeguarding_sealed bytea);
    grant select, insert, update, delete on sealed_person, sealed_note to trellis_app;
    grant select, update, delete on sealed_person, sealed_note to trellis_policy;
    create policy tests_only on person_key to trellis_app using (true);
    create policy tests_only on person_index to trellis_app using (true);
"""
# The tables of the rooms are not ours to test here, and no model of theirs is imported.
OTHER_SEALED_TABLES = """
    select distinct format('drop table %s cascade', attrelid::regclass) from pg_attribute
    join pg_class on pg_class.oid = attrelid
    where relkind = 'r' and attname like '%\\_sealed' and relname not like 'sealed\\_%'
"""


@dataclass(frozen=True)
class Identity:
    family_name: str
    given_name: str = ""
    nhs_number: str = ""
    date_of_birth: date | None = None


@dataclass(frozen=True)
class Narrative:
    words: str


def terms(identity: Identity) -> blind_index.Terms:
    return blind_index.Terms(identity.nhs_number, identity.family_name, identity.date_of_birth)


class SealedPerson(Base):
    __tablename__ = "sealed_person"

    identity = SealedGroup("identity", Identity, indexed=terms)

    @property
    def person_id(self) -> uuid.UUID:
        return self.id


class SealedNote(Base):
    __tablename__ = "sealed_note"

    person_id: Mapped[uuid.UUID]
    narrative = SealedGroup("narrative", Narrative)
    safeguarding = OptionalSealedGroup("safeguarding", Narrative)


class SomeAsker:
    """Somebody who may see every row of the tables above."""

    user_id: uuid.UUID | None = None
    agency_id: uuid.UUID | None = None
    reach: frozenset[str] = frozenset()


ASKER = SomeAsker()


@pytest.fixture(scope="module")
def sealed(server) -> Iterator[Database]:
    """The database of these tables; the application's sessions point at it meanwhile."""
    with cloned(server, f"sealed_{uuid.uuid4().hex[:12]}") as made:
        with psycopg.connect(server.url(made.name)) as admin:
            admin.execute(TABLES)
            for (statement,) in admin.execute(OTHER_SEALED_TABLES).fetchall():
                admin.execute(statement)
        with prepared(made):
            yield made


@pytest.fixture(autouse=True)
def own_keys(request) -> None:
    """Each test starts with the keys of the settings and none in memory."""
    if "sealed" in request.fixturenames:
        keys.configure(request.getfixturevalue("sealed").settings)
        branch.forget()


@contextlib.contextmanager
def owner_engine(database: Database) -> Iterator[sa.Engine]:
    """An engine of the owner, for maintenance."""
    url = sqlalchemy_url(database.url("trellis_owner"))
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    yield engine
    engine.dispose()


@pytest.fixture
def owner(sealed: Database) -> Iterator[sa.Engine]:
    """The owner's engine on the database of these tests."""
    with owner_engine(sealed) as engine:
        yield engine


def quiet(_line: str) -> None:
    """Hear of progress and say nothing."""


def someone(family_name: str = "Okafor", **more: object) -> uuid.UUID:
    """Store a person and a note about them; the person's id."""
    identity = replace(Identity(family_name), **more)
    with transaction(ASKER):
        person = SealedPerson()
        keys.make_for(person.id)
        person.identity = identity
        note = SealedNote(person_id=person.id, narrative=Narrative(f"About {family_name}"))
        session.add_all([person, note])
        known = terms(identity)
        blind_index.write(
            person.id,
            nhs_number=known.nhs_number,
            family_name=known.family_name,
            date_of_birth=known.date_of_birth,
        )
    return person.id


def family_name_of(person_id: uuid.UUID) -> str:
    """Read the person afresh."""
    with transaction(ASKER):
        return session.get_one(SealedPerson, person_id).identity.family_name


def tamper(database: Database, statement: str, *values: object) -> None:
    """Change the tables behind the application's back, as a database superuser."""
    with psycopg.connect(database.server.url(database.name)) as intruder:
        assert intruder.execute(statement, values).rowcount > 0


def column(database: Database, statement: str, *values: object) -> list[Any]:
    """The first column of what a superuser reads."""
    with psycopg.connect(database.server.url(database.name)) as reader:
        return [row[0] for row in reader.execute(statement, values)]


def blob_of(database, person_id, table="sealed_person", column="identity_sealed") -> bytes:
    whose = "id" if table == "sealed_person" else "person_id"
    with psycopg.connect(database.server.url(database.name)) as intruder:
        query = f"select {column} from {table} where {whose} = %s"
        return intruder.execute(query, [person_id]).fetchone()[0]


def put(database, person_id, blob):
    tamper(database, "update sealed_person set identity_sealed = %s where id = %s", blob, person_id)


def note_about(person_id) -> SealedNote:
    return session.scalars(sa.select(SealedNote).filter_by(person_id=person_id)).one()


def refused(person_id) -> str:
    """Read the person: the words of the refusal, having checked that the audit names it."""
    with pytest.raises(DamagedRecord) as refusal:
        family_name_of(person_id)
    assert refusal.value.message == (
        f"This record cannot be opened (reference {refusal.value.reference})"
    )
    return refusal.value.reference


def audited(database, reference) -> list[tuple]:
    with psycopg.connect(database.server.url(database.name)) as reader:
        return reader.execute(
            "select action, subject_kind, subject_id, person_id from audit_event"
            " where reason like %s",
            [f"reference {reference}:%"],
        ).fetchall()
