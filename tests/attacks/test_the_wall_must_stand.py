"""The application does not serve through a role, or from a table, that the wall does not bind."""

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
