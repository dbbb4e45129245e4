"""Spreadsheets run formulas: a count must not bring one."""

from datetime import date

import pytest

from referrals.report.queries.counts import Period, month_before
from referrals.report.sheet import harmless, said


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "=cmd|' /C x'!A0"]
)
def test_what_could_be_a_formula_is_text(text):
    assert harmless(text) == f"'{text}"


def test_ordinary_words_stay_as_they_are():
    assert harmless("Debt – advice") == "Debt – advice"


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
