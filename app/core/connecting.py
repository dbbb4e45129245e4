"""The pool of connections: bounded, looked at before use, statements prepared where that holds."""

import time
from typing import Any

import psycopg
import sqlalchemy as sa
from sqlalchemy.exc import DisconnectionError

# A statement is planned once a connection instead of each time: with row-level security the
# planning of a list takes longer than reading it.
PREPARED_AFTER = 2
# Who was answered a moment ago is there: under load, asking again is a tenth of the round trips.
TRUSTED_SECONDS = 0.1
USED_AT = "used at"
CONNECTING = {
    "prepare_threshold": None,
    "connect_timeout": 3,
    # A host that vanished without a word is given up after seconds, not after the two hours of
    # the operating system: the next connection goes to the one that took its place.
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}


def pool(url: str, size: int) -> sa.Engine:
    """An engine of at most `size` connections; waits 3 s for a free one and for the server."""
    made = sa.create_engine(
        url,
        pool_size=size,
        max_overflow=0,
        pool_timeout=3,
        connect_args=CONNECTING,
    )

    def look(connection: Any, record: Any, _proxy: Any) -> None:
        if time.monotonic() - record.info.get(USED_AT, 0.0) > TRUSTED_SECONDS:
            _ping(made.dialect, connection)

    sa.event.listen(made, "connect", _prepare_where_it_holds)
    sa.event.listen(made, "checkout", look)
    sa.event.listen(made, "checkin", _note)
    return made


def _ping(dialect: sa.Dialect, connection: Any) -> None:
    try:
        dialect.do_ping(connection)
    except psycopg.Error:
        raise DisconnectionError from None  # the pool then makes a new one


def _note(_connection: Any, record: Any) -> None:
    record.info[USED_AT] = time.monotonic()


def _prepare_where_it_holds(connection: psycopg.Connection[Any], _record: Any) -> None:
    # A pooler in between (PgBouncer) answers with another process than it announced, and may
    # give the next transaction to a server that has not seen what was prepared.
    asked = connection.execute("select pg_backend_pid()").fetchone()
    connection.rollback()
    if asked and asked[0] == connection.info.backend_pid:
        connection.prepare_threshold = PREPARED_AFTER
