"""On which dates something is held, and what a calendar file says of it."""

import uuid
from datetime import UTC, date, datetime, time, timedelta

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.finding.models.occasion import (
    Happens,
    coming_week,
    facet_of,
    first_on_or_after,
    happens,
)
from directory.finding.schemas.calendar import Entry, of_occasions, of_sessions
from directory.models.schedule import Day, Repeat
from directory.models.timetable import Session

MONDAY = date(2026, 11, 2)
SOME_DAY = st.dates(date(2026, 1, 1), date(2028, 12, 31))
ENTRY = Entry(
    uuid.UUID(int=1),
    "Tea; talk, & cake\r\nBEGIN:VALARM",
    "Hall, 1 Quay",
    "https://trellis.example/directory/1",
    datetime(2026, 11, 1, 12, tzinfo=UTC),
)


def parsed(written: bytes) -> list[icalendar.Event]:
    """The events of a calendar file, read by another's parser, strictly."""
    assert b"\r\n" in written
    assert max(len(line) for line in written.split(b"\r\n")) <= 75
    return list(icalendar.Calendar.from_ical(written).walk("VEVENT"))


@given(SOME_DAY)
def test_each_week_has_each_weekday_once(on):
    week = coming_week(on)
    assert week[0] == on
    assert {facet_of(one) for one in week} == {f"day.{one.name.lower()}" for one in Day}
    weekly = Session((Day.WEDNESDAY,))
    assert [happens(weekly, one) for one in week].count(Happens.YES) == 1


@given(SOME_DAY, st.sampled_from(Day), st.sampled_from(Repeat))
def test_the_first_time_is_one_of_the_times(since, day, repeat):
    held = Session((day,), repeat)
    first = first_on_or_after(held, since)
    assert since <= first < since + timedelta(days=63)
    assert happens(held, first) is not Happens.NO


@pytest.mark.parametrize(
    ("repeat", "dates"),
    [(Repeat.FIRST, {2}), (Repeat.THIRD, {16}), (Repeat.LAST, {30}), (Repeat.FOURTH, {23})],
)
def test_a_monday_of_the_month(repeat, dates):
    held = Session((Day.MONDAY,), repeat)
    month = [date(2026, 11, day) for day in range(1, 31)]
    assert {one.day for one in month if happens(held, one) is Happens.YES} == dates


def test_every_other_week_is_not_promised():
    held = Session((Day.MONDAY,), Repeat.FORTNIGHTLY)
    assert happens(held, MONDAY) is Happens.PERHAPS
    event = parsed(of_sessions(ENTRY, [held], MONDAY))[0]
    assert event["status"] == "TENTATIVE"
    assert "ask which one" in event["description"]


def test_a_service_repeats_in_a_calendar_as_it_does_in_life():
    weekly = Session((Day.MONDAY, Day.FRIDAY), opens_at=time(10), closes_at=time(11, 30))
    monthly = Session((Day.TUESDAY,), Repeat.LAST, note="Bring a cup")
    one, other = parsed(of_sessions(ENTRY, [weekly, monthly], MONDAY))

    assert one["summary"] == ENTRY.name.replace("\r\n", " ")
    assert one["dtstart"].dt.isoformat() == "2026-11-02T10:00:00+00:00"
    assert one["dtstart"].params["TZID"] == "Europe/London"
    assert one["dtend"].dt - one["dtstart"].dt == timedelta(minutes=90)
    assert one["rrule"] == {"FREQ": ["WEEKLY"], "BYDAY": ["MO", "FR"]}
    assert other["dtstart"].dt == date(2026, 11, 24)
    assert other["rrule"] == {"FREQ": ["MONTHLY"], "BYDAY": ["-1TU"]}
    assert "Bring a cup" in other["description"]
    assert one["uid"] != other["uid"]


def test_summer_time_is_that_of_the_place():
    held = Session((Day.MONDAY,), opens_at=time(10))
    written = of_sessions(ENTRY, [held], date(2026, 7, 6))
    assert parsed(written)[0]["dtstart"].dt.isoformat() == "2026-07-06T10:00:00+01:00"
    assert b"BEGIN:VTIMEZONE" in written


@given(st.text(max_size=60), st.text(max_size=60))
def test_nothing_in_a_name_can_break_the_file(name, note):
    entry = Entry(uuid.UUID(int=2), name, note, ENTRY.link, ENTRY.last_modified)
    held = Session((Day.MONDAY,), opens_at=time(9), note=note)
    assert len(parsed(of_occasions("This week", [(entry, held, MONDAY)]))) == 1
