"""The drills in short: each as `make drill` runs it, for some seconds. See tests/drills."""

import pytest

from tests.conftest import _point_at
from tests.drills import bouncer, kill, mixed, restore, standby
from tests.drills.crowd import Member, surname
from tests.drills.report import Report

SHORT = [(kill, 6), (standby, 2), (restore, 2), (mixed, 5)]


@pytest.mark.parametrize(("drill", "seconds"), SHORT, ids=lambda one: getattr(one, "__name__", ""))
def test_every_aim_of_a_short_drill_is_met(drill, seconds, database):
    report = Report(drill.__name__.rpartition(".")[2], drill.ABOUT)
    try:
        drill.run(report, seconds)
    finally:
        _point_at(database)
        report.show()
    assert report.missed == []


@pytest.mark.skipif(bouncer.program() is None, reason="pgbouncer is not installed")
def test_nobody_sees_a_foreign_row_through_pgbouncer(database):
    report = Report("mixed", mixed.ABOUT)
    try:
        mixed.run(report, 5, bouncer=True)
    finally:
        _point_at(database)
        report.show()
    assert report.missed == []


def test_a_foreign_surname_on_a_page_would_be_noticed():
    page = f"<td>{surname('a', 'b')}</td><td>{surname('b', 'b')}</td>"
    assert Member(None, "a", 0).foreign(page) == {surname("b", "b")}
    assert Member(None, "b", 1).foreign(page) == set()
