"""Runs the migrations as the owner, one at a time, on one connection."""

import os

import sqlalchemy as sa
from alembic import context

LOCK = 727_274


def run() -> None:
    """Upgrade the database named by the configuration or the environment."""
    url = (
        context.config.get_main_option("sqlalchemy.url") or os.environ["TRELLIS_OWNER_DATABASE_URL"]
    )
    url = url.replace("postgresql://", "postgresql+psycopg://", 1)
    engine = sa.create_engine(url, poolclass=sa.pool.NullPool)
    with engine.connect() as connection:
        # Two releases starting at once must not both migrate.
        connection.execute(sa.select(sa.func.pg_advisory_lock(LOCK)))
        connection.commit()
        context.configure(connection=connection, transaction_per_migration=True)
        with context.begin_transaction():
            context.run_migrations()
    engine.dispose()


run()
