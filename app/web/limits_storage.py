"""The counters of rate limits in an unlogged table, so that every process counts together.

A row is used again when its time is over, so there is one for each user and page, no more.
What cannot be counted is let through: the limit is there to keep the service up. It is said.
"""

import time
from typing import Any

import sqlalchemy as sa
import structlog
from limits.storage import Storage
from prometheus_client import Counter
from sqlalchemy.exc import SQLAlchemyError

from app.core.db import engine

log = structlog.get_logger()
UNCOUNTED = Counter("trellis_uncounted_requests", "Requests that no limit could count")
SCHEME = "trellis"
INCREASE = sa.text(
    "insert into rate_hit as hit (key, hits, until)"
    " values (:key, :amount, now() + make_interval(secs => :expiry))"
    " on conflict (key) do update set"
    " hits = case when hit.until < now() then excluded.hits else hit.hits + excluded.hits end,"
    " until = case when hit.until < now() then excluded.until else hit.until end"
    " returning hits"
)
HITS = sa.text("select hits from rate_hit where key = :key and until >= now()")
UNTIL = sa.text(
    "select extract(epoch from until)::float8 from rate_hit where key = :key and until >= now()"
)
FORGET = sa.text("delete from rate_hit where key = :key")
FORGET_ALL = sa.text("delete from rate_hit")


class RateHits(Storage):
    """Counters by key, each until its time. Uses the application's own pool, after forks."""

    STORAGE_SCHEME = [SCHEME]

    @property
    def base_exceptions(self) -> type[Exception]:
        """What may go wrong in here."""
        return SQLAlchemyError

    def _first(self, statement: sa.TextClause, **values: Any) -> Any:
        # One round trip: nothing here has to be kept together with anything else.
        try:
            with engine().connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                return connection.execute(statement, values).scalar()
        except SQLAlchemyError as error:
            UNCOUNTED.inc()
            log.error("limits.uncounted", kind=type(error).__name__)
            return None

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Count, and return the count so far."""
        return int(self._first(INCREASE, key=key, expiry=float(expiry), amount=amount) or 0)

    def get(self, key: str) -> int:
        """The count so far."""
        return int(self._first(HITS, key=key) or 0)

    def get_expiry(self, key: str) -> float:
        """When the counter ends, in seconds since 1970."""
        return float(self._first(UNTIL, key=key) or time.time())

    def check(self) -> bool:
        """Whether the table can be reached."""
        return bool(self._first(sa.text("select true")))

    def reset(self) -> int | None:
        """Forget every counter."""
        with engine().begin() as connection:
            return connection.execute(FORGET_ALL).rowcount

    def clear(self, key: str) -> None:
        """Forget one counter."""
        with engine().begin() as connection:
            connection.execute(FORGET, {"key": key})
