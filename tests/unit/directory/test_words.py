"""What people read about a service, and what they type to find one."""

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.models.ages import ages_words
from directory.models.capacity import Capacity, CapacityState
from directory.models.freshness import Freshness
from directory.models.schedule import Day, Repeat, Schedule
from directory.models.timetable import Session
from directory.queries.cursor import Cursor
from directory.queries.postcode import outward_code
from directory.queries.words import SearchWords, fold

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ((2026, 11, 22), "Confirmed today"),
        ((2026, 11, 21), "Confirmed yesterday"),
        ((2026, 11, 16), "Confirmed 6 days ago"),
        ((2026, 11, 1), "Confirmed 3 weeks ago"),
        ((2026, 8, 1), "Confirmed 3 months ago"),
        ((2026, 3, 1), "Not confirmed for 8 months: check before you go"),
    ],
)
def test_freshness_is_said_in_words(day, words):
    assert Freshness(datetime(*day, 12, tzinfo=UTC)).words(TODAY) == words


def test_what_was_never_confirmed_says_so_and_is_stale():
    assert Freshness(None).words(TODAY) == "Not confirmed yet"
    assert Freshness(None).is_stale(TODAY)
    assert not Freshness(datetime(2026, 11, 1, tzinfo=UTC)).is_stale(TODAY)


def test_a_confirmation_late_in_the_evening_counts_on_the_day_the_clock_showed():
    late = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)  # half past midnight in British summer time
    assert Freshness(late).words(date(2026, 7, 1)) == "Confirmed today"


@pytest.mark.parametrize(
    ("capacity", "words", "takes"),
    [
        (Capacity(), "Ask about places", True),
        (Capacity(CapacityState.PLACES), "Places available", True),
        (Capacity(CapacityState.PLACES, places=1), "1 place", True),
        (Capacity(CapacityState.PLACES, places=4), "4 places", True),
        (
            Capacity(CapacityState.WAITING_LIST, waiting_weeks=3),
            "Waiting list, about 3 weeks",
            True,
        ),
        (Capacity(CapacityState.FULL), "Full, not taking names", False),
        (Capacity(CapacityState.PAUSED), "Paused, not taking anybody", False),
    ],
)
def test_room_is_said_in_words(capacity, words, takes):
    assert (capacity.words, capacity.takes_people) == (words, takes)


@pytest.mark.parametrize(
    ("session", "words"),
    [
        (Session((Day.MONDAY,), Repeat.WEEKLY, time(10), time(12)), "Mondays, 10am to midday"),
        (
            Session((Day.MONDAY, Day.FRIDAY), Repeat.WEEKLY, time(18), time(20, 30)),
            "Mondays and Fridays, 6pm to 8:30pm",
        ),
        (Session((Day.SUNDAY,), Repeat.FORTNIGHTLY), "Every other week: Sundays"),
        (
            Session((Day.TUESDAY,), Repeat.FIRST, time(14), note="bring a mug"),
            "First Tuesday of the month, 2pm, bring a mug",
        ),
    ],
)
def test_times_are_said_as_on_a_poster(session, words):
    assert session.words == words


@pytest.mark.parametrize("repeat", list(Repeat))
def test_a_time_is_stored_and_read_back(repeat):
    session = Session((Day.TUESDAY, Day.SATURDAY), repeat, time(9), time(17), "note")
    row = Schedule(**session.rule, opens_at=time(9), closes_at=time(17), note="note")
    assert Session.of(row) == session


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [(None, None, ""), (18, None, "18 and over"), (None, 25, "Up to 25"), (13, 19, "13 to 19")],
)
def test_ages_are_said_in_words(low, high, words):
    assert ages_words(low, high) == words


@pytest.mark.parametrize(
    ("typed", "outward"),
    [
        ("s101ae", "S10"),
        ("S10 1AE", "S10"),
        (" s 1 0 1 a e ", "S10"),
        ("QS1", "QS1"),
        ("qs11aa", "QS1"),
        ("EC1A 1BB", "EC1A"),
        ("ec1a", "EC1A"),
        ("QS", None),
        ("", None),
        ("1AA", None),
        ("S10 1AE; drop table", None),
    ],
)
def test_a_postcode_is_understood_in_any_spacing(typed, outward):
    assert outward_code(typed) == outward


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", SearchWords()),
        ("walking gro", SearchWords("walking", "gro")),
        ("Café", SearchWords("", "cafe")),
        ("dad has dementia", SearchWords("dad has", "dementia")),
        ('"coffee morning"', SearchWords('"coffee morning"')),
        ('"coffee morn', SearchWords('"coffee morn')),
        ("walk -dogs", SearchWords("walk -dogs")),
        ("tea or", SearchWords("tea or")),
        ("100%", SearchWords("100%")),
        ("a\x00b", SearchWords("a", "b")),
    ],
)
def test_what_is_typed_is_taken_apart(typed, words):
    assert SearchWords.parse(typed) == words


def test_folding_takes_accents_and_case_away():
    assert fold("Zoë ÅNGSTRÖM") == "zoe angstrom"


@given(st.floats(0, 1e9), st.text(alphabet="abc é☕", max_size=30), st.uuids(), st.integers(0, 2))
def test_a_cursor_is_read_back(number, name, service_id, step):
    cursor = Cursor((number, name, service_id), step)
    assert Cursor.parse(str(cursor)) == cursor


@given(st.text(max_size=50))
def test_a_cursor_that_nobody_wrote_is_none(text):
    assert Cursor.parse(text) is None
