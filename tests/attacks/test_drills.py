"""The drills in short: each as `make drill` runs it, for some seconds. See tests/drills."""

import pytest

from tests.conftest import _point_at
from tests.drills import kill, restore, standby
from tests.drills.report import Report

SHORT = [(kill, 6), (standby, 2), (restore, 2)]


@pytest.mark.parametrize(("drill", "seconds"), SHORT, ids=lambda one: getattr(one, "__name__", ""))
def test_every_aim_of_a_short_drill_is_met(drill, seconds, database, capsys):
    report = Report(drill.__name__.rpartition(".")[2], drill.ABOUT)
    try:
        drill.run(report, seconds)
    finally:
        _point_at(database)
        report.show()
    assert report.missed == []
