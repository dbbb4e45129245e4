from datetime import UTC, date, datetime

import pytest

from app.core import clock


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (date(2026, 11, 20), 1, date(2026, 11, 23)),  # over a weekend
        (date(2026, 12, 24), 2, date(2026, 12, 30)),  # Christmas, Boxing Day observed on Monday
        (date(2026, 4, 2), 1, date(2026, 4, 7)),  # Good Friday to Easter Monday
        (date(2026, 11, 23), 5, date(2026, 11, 30)),
        (date(2026, 11, 22), 0, date(2026, 11, 22)),
    ],
)
def test_working_days_leave_out_weekends_and_bank_holidays(day, count, expected):
    assert clock.working_days_after(day, count) == expected


def test_a_scottish_holiday_is_a_working_day_in_england():
    assert clock.is_working_day(date(2026, 11, 30))


def test_days_are_counted_between_two_dates_and_never_below_nothing():
    assert clock.working_days_between(date(2026, 11, 20), date(2026, 11, 24)) == 2
    assert clock.working_days_between(date(2026, 11, 24), date(2026, 11, 20)) == 0


def test_a_weekend_gives_way_to_the_next_working_day():
    assert clock.working_day_on_or_after(date(2026, 11, 22)) == date(2026, 11, 23)
    assert clock.working_day_on_or_after(date(2026, 11, 23)) == date(2026, 11, 23)


def test_the_clock_on_the_wall_is_an_hour_ahead_in_summer():
    assert clock.local(datetime(2026, 7, 1, 12, tzinfo=UTC)).hour == 13
    assert clock.local(datetime(2026, 1, 1, 12, tzinfo=UTC)).hour == 12


def test_a_block_can_live_in_the_past_and_comes_back():
    before = clock.now()
    with clock.days_ago(30):
        assert (before - clock.now()).days in {29, 30}
    assert clock.now() >= before
