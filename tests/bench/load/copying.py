"""Rows by table, written with COPY in the order in which the tables were first named."""

from typing import Any

import psycopg
from psycopg import sql

Row = dict[str, Any]


class Rows:
    """Collects rows; all rows of one table name the same columns in the same order."""

    def __init__(self) -> None:
        self.tables: dict[str, list[Row]] = {}

    def add(self, table: str, **row: Any) -> None:
        """One more row."""
        self.tables.setdefault(table, []).append(row)

    def store(self, connection: psycopg.Connection) -> int:
        """COPY everything; how many rows there were. Leaves the collection empty."""
        stored = 0
        for table, rows in self.tables.items():
            columns = list(rows[0])
            if any(row.keys() != rows[0].keys() for row in rows):
                raise ValueError(f"Not every row of {table} has the same columns")
            command = sql.SQL("copy {} ({}) from stdin").format(
                sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns))
            )
            with connection.cursor() as cursor, cursor.copy(command) as copy:
                for row in rows:
                    copy.write_row(tuple(row.values()))
            stored += len(rows)
        self.tables.clear()
        return stored


def connect(url: str) -> psycopg.Connection:
    """A superuser's connection for which foreign keys, triggers and the disk's answer wait.

    What triggers would have written (copied columns, listings) the loader writes itself.
    """
    made = psycopg.connect(url)
    made.execute("set session_replication_role = replica")
    made.execute("set synchronous_commit = off")
    made.commit()
    return made
