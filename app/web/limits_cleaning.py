"""Forget the counters of rate limits that are over, every hour: addresses come and go."""

import sqlalchemy as sa

from app.core import jobs
from app.core.db import engine

FORGET_OVER = sa.text("delete from rate_hit where until < now()")


@jobs.queue.periodic(cron="47 * * * *")
@jobs.queue.task(name="forget_old_hits", queue="cleaning", queueing_lock="old_hits")
def forget_old_hits(timestamp: int) -> None:  # noqa: ARG001 - procrastinate passes it
    """Delete the counters whose time is over."""
    with engine().begin() as connection:
        connection.execute(FORGET_OVER)
