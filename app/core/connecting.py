"""The pool of connections: bounded, looked at before use, statements prepared where that holds."""

from typing import Any

import psycopg
import sqlalchemy as sa

# A statement is planned once a connection instead of each time: with row-level security the
# planning of a list takes longer than reading it.
PREPARED_AFTER = 2


def pool(url: str, size: int) -> sa.Engine:
    """An engine of at most `size` connections; waits 3 s for a free one and for the server."""
    made = sa.create_engine(
        url,
        pool_size=size,
        max_overflow=0,
        pool_timeout=3,
        pool_pre_ping=True,
        connect_args={"prepare_threshold": None, "connect_timeout": 3},
    )
    sa.event.listen(made, "connect", _prepare_where_it_holds)
    return made


def _prepare_where_it_holds(connection: psycopg.Connection[Any], _record: Any) -> None:
    # A pooler in between (PgBouncer) answers with another process than it announced, and may
    # give the next transaction to a server that has not seen what was prepared.
    asked = connection.execute("select pg_backend_pid()").fetchone()
    connection.rollback()
    if asked and asked[0] == connection.info.backend_pid:
        connection.prepare_threshold = PREPARED_AFTER
