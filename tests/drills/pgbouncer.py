"""pgbouncer: the mixed drill through PgBouncer in transaction mode, with four connections."""

from tests.drills import mixed
from tests.drills.report import Report

ABOUT = "twenty agencies through PgBouncer in transaction mode: foreign rows"
SECONDS = 120.0


def run(report: Report, seconds: float = SECONDS) -> None:
    """The same crowd, all of it over four connections to the server."""
    mixed.run(report, seconds, bouncer=True)
