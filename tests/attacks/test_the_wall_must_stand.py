"""The application does not serve through a role, or from a table, that the wall does not bind."""

import uuid

import psycopg
import pytest
import sqlalchemy as sa

from app.core import guard
from app.core.address import sqlalchemy_url


def connect(url: str) -> sa.Engine:
    return sa.create_engine(sqlalchemy_url(url), poolclass=sa.pool.NullPool)


def test_the_web_role_is_accepted(database):
    with connect(database.url()).connect() as connection:
        guard.check(connection)


@pytest.mark.parametrize(
    ("role", "words"), [("postgres", "is a superuser"), ("trellis_owner", "owns tables")]
)
def test_a_role_the_wall_does_not_bind_is_refused(database, role, words):
    with (
        connect(database.url(role)).connect() as connection,
        pytest.raises(guard.WallIsDown, match=words),
    ):
        guard.check(connection)


@pytest.fixture
def superuser(database):
    with psycopg.connect(database.url("postgres"), autocommit=True) as connection:
        yield connection


@pytest.mark.parametrize("grant", ["trellis_backup", "trellis_policy", "trellis_owner", "postgres"])
def test_a_role_that_may_become_another_is_refused(database, superuser, grant):
    """In a role of this test's own: the others are shared by every database of the server."""
    name = f"drill_{uuid.uuid4().hex[:8]}"
    superuser.execute(f"create role {name} login noinherit password 'tests-only'")
    try:
        superuser.execute(f"grant connect on database {database.name} to {name}")
        superuser.execute(f"grant {grant} to {name}")
        url = database.server.url(database.name, name, "tests-only")
        with (
            connect(url).connect() as connection,
            pytest.raises(guard.WallIsDown, match=f"is a member of .*{grant}"),
        ):
            guard.check(connection)
    finally:
        superuser.execute(f"revoke all on database {database.name} from {name}")
        superuser.execute(f"drop role {name}")


def test_a_role_that_bypasses_row_security_is_refused(database, superuser):
    superuser.execute(f"grant connect on database {database.name} to trellis_backup")
    with (
        connect(database.url("trellis_backup")).connect() as connection,
        pytest.raises(guard.WallIsDown, match="bypasses row-level security"),
    ):
        guard.check(connection)


def test_a_person_bearing_table_without_forced_security_is_refused(database):
    with psycopg.connect(database.url("postgres"), autocommit=True) as superuser:
        superuser.execute("alter table encounter no force row level security")
        try:
            with (
                connect(database.url()).connect() as connection,
                pytest.raises(guard.WallIsDown, match="encounter"),
            ):
                guard.check(connection)
        finally:
            superuser.execute("alter table encounter force row level security")
