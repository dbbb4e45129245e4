"""Shows how PostgreSQL goes about what the application asks: as the application, walls up.

`python -m tests.bench.explain --size 200000 /caseload/` prints every statement of a page with
its plan and the buffers it touched, slowest first.
"""

import argparse
import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import click
import sqlalchemy as sa

from app.core import db
from app.core.db import session, transaction
from app.factory import create_app
from app.identity.actor import Role
from tests.bench import place
from tests.bench.cast import Cast

Asked = list[tuple[str, Any]]


@dataclass(frozen=True)
class Plan:
    """One statement and the plan that was chosen for it."""

    statement: str
    top: dict[str, Any]

    def nodes(self) -> Iterator[dict[str, Any]]:
        """Every step, parts of parts included."""
        waiting = [self.top]
        while waiting:
            node = waiting.pop()
            yield node
            waiting += node.get("Plans", [])

    def read_whole(self) -> set[str]:
        """The tables that are read from end to end."""
        return {one["Relation Name"] for one in self.nodes() if one["Node Type"] == "Seq Scan"}

    def conditions(self) -> list[str]:
        """What rows are held to."""
        return [one["Filter"] for one in self.nodes() if "Filter" in one]

    def indexes(self) -> set[str]:
        """The indexes that are used."""
        return {one["Index Name"] for one in self.nodes() if "Index Name" in one}


@contextlib.contextmanager
def listening() -> Iterator[Asked]:
    """Collects every statement that the application sends meanwhile."""
    asked: Asked = []

    def hear(_c: Any, _cursor: Any, statement: str, values: Any, _x: Any, _many: bool) -> None:
        asked.append((statement, values))

    engine = db.engine()
    sa.event.listen(engine, "before_cursor_execute", hear)
    try:
        yield asked
    finally:
        sa.event.remove(engine, "before_cursor_execute", hear)


def plans_of(actor: Any, asked: Asked) -> list[Plan]:
    """The plans of those statements that read."""
    return [
        Plan(statement, json_of(actor, "format json", statement, values)[0]["Plan"])
        for statement, values in asked
        if statement.lstrip().lower().startswith("select") and "set_config" not in statement
    ]


def json_of(actor: Any, options: str, statement: str, values: Any) -> Any:
    """What EXPLAIN says, in a transaction of the actor's own."""
    return _explained(actor, options, statement, values)[0]


def _explained(actor: Any, options: str, statement: str, values: Any) -> list[Any]:
    with transaction(actor):
        cursor = session.connection().connection.cursor()
        cursor.execute(f"explain ({options}) {statement}", values)
        return [row[0] for row in cursor.fetchall()]


def main() -> None:
    """Print the plans of one page."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.explain", description=__doc__)
    parser.add_argument("--size", type=int, default=200_000)
    parser.add_argument("--role", type=Role, default=Role.LINK_WORKER)
    parser.add_argument("--least", type=float, default=1.0, help="milliseconds worth printing")
    parser.add_argument("path")
    asked_for = parser.parse_args()
    with place.serving() as server:
        name = place.newest(server, asked_for.size)
        settings = place.settings(server, name)
        app = create_app(settings)
        member = Cast(settings, server.url(name), "http://127.0.0.1:1").members[asked_for.role][0]
        client = app.test_client()
        client.set_cookie(*member.cookie.split("=", 1))
        client.get(asked_for.path)
        with listening() as asked:
            answer = client.get(asked_for.path)
        click.echo(f"{answer.status}, {len(asked)} statements")
        _print(member.actor, asked, asked_for.least)


def _print(actor: Any, asked: Asked, least: float) -> None:
    for statement, values in asked:
        if not statement.lstrip().lower().startswith("select"):
            click.echo(f"\n{statement[:100]} …")
            continue
        lines = _explained(actor, "analyze, buffers", statement, values)
        spent = float(lines[-1].split()[2])
        words = " ".join(statement.split())
        click.echo(
            f"\n{spent:.2f} ms  {lines[-3] if 'Planning T' in lines[-3] else ''} {words[:160]}"
        )
        if spent >= least:
            click.echo("\n".join(f"    {line}" for line in lines))


if __name__ == "__main__":
    main()
