"""Runs the migrations as the owner, one at a time, on one connection, while others work."""

import os
import random
import time

import psycopg
import sqlalchemy as sa
from alembic import context

LOCK = 727_274
# Whoever reads a table that a migration waits for waits as long, so it soon steps back …
STEPS_BACK_AFTER = "150ms"
# … and tries again, until somebody should look who keeps the table for so long.
GIVES_UP_AFTER_SECONDS = 300


def run() -> None:
    """Upgrade the database named by the configuration or the environment."""
    url = (
        context.config.get_main_option("sqlalchemy.url") or os.environ["TRELLIS_OWNER_DATABASE_URL"]
    )
    # libpq reads the address itself: it may name several hosts.
    engine = sa.create_engine(
        "postgresql+psycopg://", creator=lambda: psycopg.connect(url), poolclass=sa.pool.NullPool
    )
    with engine.connect() as connection:
        # Two releases starting at once must not both migrate.
        connection.execute(sa.select(sa.func.pg_advisory_lock(LOCK)))
        connection.execute(sa.text(f"set lock_timeout = '{STEPS_BACK_AFTER}'"))
        connection.commit()
        _upgrade(connection)
    engine.dispose()


def _upgrade(connection: sa.Connection) -> None:
    deadline = time.monotonic() + GIVES_UP_AFTER_SECONDS
    while True:
        try:
            context.configure(connection=connection, transaction_per_migration=True)
            with context.begin_transaction():
                context.run_migrations()
            return
        except (sa.exc.OperationalError, psycopg.OperationalError) as error:
            if not _is_busy(error) or time.monotonic() > deadline:
                raise
            connection.rollback()
            time.sleep(random.uniform(0.2, 0.8))  # noqa: S311 - only to step out of step


def _is_busy(error: sa.exc.OperationalError | psycopg.OperationalError) -> bool:
    inner = error.orig if isinstance(error, sa.exc.OperationalError) else error
    return isinstance(inner, psycopg.errors.LockNotAvailable | psycopg.errors.DeadlockDetected)


run()
