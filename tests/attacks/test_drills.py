"""Some drills in short, as `make drill` runs them for longer, and all of them. See tests/drills."""

import subprocess
import sys

import pytest

from tests.drills import bouncer
from tests.drills.crowd import Member, surname
from tests.house import plan

SHORT = [("kill", 6), ("mixed", 5)]


def told(name: str, seconds: int) -> str:
    """Run a drill in a process of its own; what it printed, which ends in its verdict."""
    command = [sys.executable, "-m", "tests.drills", name, "--seconds", str(seconds)]
    ran = subprocess.run(command, cwd=plan.ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr[-3000:]
    return ran.stdout


@pytest.mark.parametrize(("name", "seconds"), SHORT)
def test_every_aim_of_a_short_drill_is_met(name, seconds):
    assert "Every aim was met" in told(name, seconds)


@pytest.mark.skipif(bouncer.program() is None, reason="pgbouncer is not installed")
def test_nobody_sees_a_foreign_row_through_pgbouncer():
    assert "Every aim was met" in told("pgbouncer", 5)


def test_a_foreign_surname_on_a_page_would_be_noticed():
    page = f"<td>{surname('a', 'b')}</td><td>{surname('b', 'b')}</td>"
    assert Member(None, "a", 0).foreign(page) == {surname("b", "b")}
    assert Member(None, "b", 1).foreign(page) == set()
