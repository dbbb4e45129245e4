"""How long the database itself takes to find what is within five miles."""

import statistics

import psycopg

from app.core.embedded_postgres import Server

FIVE_MILES, TIMES, AIM = 8047, 20, 25
NEAR = """
    explain (analyze, format json)
    select p.service_id from location l join service_at_location p on p.location_id = l.id
    where l.spot <@ circle(point(512000, 103000), %(metres)s)
    order by l.spot <-> point(512000, 103000) limit 50"""
ALL = """
    select count(*) from location where spot <@ circle(point(512000, 103000), %(metres)s)"""


def measure(server: Server, name: str) -> str:
    """The median and the slowest of some searches about the harbour."""
    with psycopg.connect(server.url(name), autocommit=True) as admin:
        asked = {"metres": FIVE_MILES}
        (places,) = admin.execute(ALL, asked).fetchone() or (0,)
        took = [_execution(admin, asked) for _ in range(TIMES)]
    met = "met" if max(took) <= AIM else "NOT MET"
    return (
        f"within five miles ({places:,} places): {statistics.median(took):.1f} ms, slowest "
        f"{max(took):.1f} ms, aim {AIM} ms: {met}"
    )


def _execution(admin: psycopg.Connection, asked: dict[str, int]) -> float:
    row = admin.execute(NEAR, asked).fetchone()
    assert row is not None
    return float(row[0][0]["Execution Time"])
