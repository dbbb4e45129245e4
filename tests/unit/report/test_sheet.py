"""Counts as a file: small numbers are not said, and no month is left out."""

from datetime import date

from referrals.report.queries.counts import Period, month_before
from referrals.report.sheet import said


def test_a_small_number_is_not_said():
    assert said(None) == "fewer than 5"
    assert said(5) == "5"


def test_a_period_has_every_month_once():
    assert Period(date(2025, 11, 1), date(2026, 2, 14)).months == [
        date(2025, 11, 1),
        date(2025, 12, 1),
        date(2026, 1, 1),
        date(2026, 2, 1),
    ]
    assert month_before(date(2026, 1, 31), 1) == date(2025, 12, 1)
