"""What waits to be done, as the database knows it."""

from typing import Any

import psycopg

from tests.conftest import Database


def jobs(database: Database, task: str = "send_notice") -> list[dict[str, Any]]:
    """Every job of a task, oldest first."""
    with psycopg.connect(database.url("postgres")) as superuser:
        rows = superuser.execute(
            "select id, status::text, attempts, args from procrastinate_jobs"
            " where task_name = %s order by id",
            [task],
        )
        return [dict(zip(("id", "status", "attempts", "args"), row, strict=True)) for row in rows]


def do(database: Database, statement: str, *values: Any) -> int:
    """Change something as an operator would in an emergency; how many rows."""
    with psycopg.connect(database.url("postgres")) as superuser:
        return superuser.execute(statement, values).rowcount


def forget_all(database: Database) -> None:
    """Nothing waits any more."""
    do(database, "delete from procrastinate_jobs")
