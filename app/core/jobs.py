"""Work for later, stored by the transaction that asks for it.

A job row is written on the session's own connection, so that it commits, or is rolled back,
with the data it is about.
"""

import asyncio
import time
from datetime import timedelta
from typing import Any

import procrastinate
import psycopg
from procrastinate import exceptions
from procrastinate.jobs import Job
from procrastinate.tasks import Task

from app.core.db import session

# The web application never opens this connector; the worker replaces it with its own.
queue = procrastinate.App(connector=procrastinate.SyncPsycopgConnector(conninfo=""))

Raw = psycopg.Connection[Any]

PATIENCE_SECONDS = 15
GIVEN_UP_AFTER = timedelta(days=7)
LONGEST_WAIT_SECONDS = 3600


def defer(task: Task[Any, Any, Any], **arguments: Any) -> None:
    """Ask for `task` in the present transaction. Arguments are references, never personal data."""
    defer_on(raw(), task, **arguments)


def defer_on(connection: Raw, task: Task[Any, Any, Any], **arguments: Any) -> None:
    """Ask for `task` in the transaction that is open on this connection."""
    task.configure(connection=connection).defer(**arguments)


def raw() -> Raw:
    """The present transaction's own connection."""
    found: Raw = session.connection().connection.driver_connection  # type: ignore[assignment]
    return found


def is_away(error: BaseException) -> bool:
    """Whether an error only says that the database cannot be reached for now."""
    inner = error.__cause__ if isinstance(error, exceptions.ConnectorException) else error
    return isinstance(inner, psycopg.OperationalError | psycopg.InterfaceError)


class UntilItWorks(procrastinate.BaseRetryStrategy):
    """Tries again after 4, 16, 64 … seconds, then every hour, for a week.

    A mail server that is away from Friday to Monday loses nobody's message.
    """

    def get_retry_decision(
        self,
        *,
        exception: BaseException,  # noqa: ARG002
        job: Job,
    ) -> procrastinate.RetryDecision | None:
        """When to try again, or None to give up."""
        wait = min(4 ** min(job.attempts + 1, 8), LONGEST_WAIT_SECONDS)
        if job.attempts > GIVEN_UP_AFTER.total_seconds() / LONGEST_WAIT_SECONDS:
            return None
        return procrastinate.RetryDecision(retry_in={"seconds": wait})


class PatientConnector(procrastinate.PsycopgConnector):
    """Says how a job ended even when the database is away at that moment.

    Otherwise a message that was sent would be sent again by whoever takes the job up. What
    fetches a job is not repeated: a job whose number was lost on the way would stay for ever
    with a worker that does not know of it. That worker ends, and begins anew as another.
    """

    async def execute_query_async(self, query: Any, **arguments: Any) -> None:
        """Run a statement whose answer nobody waits for."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                return await super().execute_query_async(query, **arguments)
            except exceptions.ConnectorException as error:
                if not is_away(error) or time.monotonic() > deadline:
                    raise
                await asyncio.sleep(1)
