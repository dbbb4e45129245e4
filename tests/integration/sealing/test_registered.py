"""Every sealed column of the database is known to a model, or a rotation would lose it."""

import sqlalchemy as sa

import app.factory  # noqa: F401 - it names every room, and so imports every model
from app.core.rotation.rows import sealed_tables
from tests.fixtures_sealing import owner_engine


def test_every_sealed_column_has_a_model_that_says_how(database):
    with owner_engine(database) as engine, engine.connect() as connection:
        tables = sealed_tables(connection)
        assert {"person", "referral", "encounter", "disclosure"} <= set(tables)
        for table, columns in tables.items():
            whose = {one.persons_column for one in columns}
            assert whose == ({"id"} if table == "person" else {"person_id"})


def test_whoever_rotates_may_read_and_write_every_sealed_table(database):
    with owner_engine(database) as engine, engine.connect() as connection:
        for table, columns in sealed_tables(connection).items():
            for privilege in ("select", "update"):
                asked = sa.func.has_table_privilege("trellis_policy", table, privilege)
                assert connection.scalar(sa.select(asked)), (table, privilege, columns)
