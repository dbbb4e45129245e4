"""Work for later, stored by the transaction that asks for it.

A job row is written on the session's own connection, so that it commits, or is rolled back,
with the data it is about.
"""

from typing import Any

import procrastinate
from procrastinate.tasks import Task

from app.core.db import session

# The web application never opens this connector; the worker replaces it with its own.
queue = procrastinate.App(connector=procrastinate.SyncPsycopgConnector(conninfo=""))


def defer(task: Task[Any, Any, Any], **arguments: Any) -> None:
    """Ask for `task` in the present transaction. Arguments are references, never personal data."""
    raw = session.connection().connection.driver_connection
    task.configure(connection=raw).defer(**arguments)
