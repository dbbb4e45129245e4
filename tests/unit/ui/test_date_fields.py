from datetime import date, time, timedelta

import pytest

from app.core import clock
from app.ui.fields import DatePartsField, TimeField


@pytest.mark.parametrize("month", ["3", "03", "March", "mar", "MAR.", " march "])
def test_a_month_is_a_number_or_its_name(filled, month):
    field = filled(DatePartsField("Date of birth"), day="27", month=month, year="1957")
    assert field.data == date(1957, 3, 27)


BAD = [
    ({"day": "27", "month": "3", "year": ""}, "must include a year", {"year"}),
    ({"day": "27", "month": "", "year": ""}, "must include a month and year", {"month", "year"}),
    ({"day": "32", "month": "1", "year": "1957"}, "January has no day 32", {"day"}),
    ({"day": "31", "month": "6", "year": "1957"}, "June has no day 31", {"day"}),
    ({"day": "29", "month": "2", "year": "2023"}, "February has no day 29", {"day"}),
    ({"day": "1", "month": "13", "year": "1957"}, "a month from 1 to 12, or its name", {"month"}),
    ({"day": "1", "month": "Smarch", "year": "1957"}, "or its name", {"month"}),
    ({"day": "1", "month": "1", "year": "57"}, "a year of 4 digits", {"year"}),
    ({"day": "1", "month": "1", "year": "0957"}, "a year after 1889", {"year"}),
    ({"day": "-1", "month": "1", "year": "1957"}, "a day from 1 to 31", {"day"}),
    ({"day": "27 March 1957", "month": "", "year": ""}, "three boxes", {"day", "month", "year"}),
    ({"day": "twenty-seventh", "month": "3", "year": "1957"}, "three boxes", None),
]


@pytest.mark.parametrize(("typed", "words", "bad"), BAD)
def test_a_date_in_other_words_is_refused_kindly_and_kept(filled, typed, words, bad):
    field = filled(DatePartsField("Date of birth", required="Enter the date"), **typed)
    assert len(field.errors) == 1
    assert field.errors[0].startswith("Date of birth must ")
    assert words in field.errors[0]
    assert bad is None or field.bad == bad
    assert field.parts == {part: text.strip() for part, text in typed.items()}
    assert field.data is None


def test_no_date_at_all_is_asked_for_once(filled):
    field = filled(DatePartsField("Date", required="Enter the date"), day="", month="", year="")
    assert field.errors == ["Enter the date"]


def test_an_optional_date_may_be_left_out(filled):
    field = filled(DatePartsField("Review on"), day="", month=" ", year="")
    assert (field.data, field.errors) == (None, [])


@pytest.mark.parametrize(
    ("must_be", "days", "good"),
    [
        ("past", -1, True),
        ("past", 0, False),
        ("today or past", 0, True),
        ("today or past", 1, False),
        ("today or future", 0, True),
        ("today or future", -1, False),
        ("future", 1, True),
        ("future", 0, False),
        (None, -400, True),
    ],
)
def test_a_date_is_held_to_its_side_of_today(filled, must_be, days, good):
    day = clock.today() + timedelta(days=days)
    parts = {"day": str(day.day), "month": str(day.month), "year": str(day.year)}
    assert (filled(DatePartsField("Date", must_be=must_be), **parts).errors == []) is good


@pytest.mark.parametrize(
    ("typed", "at"),
    [
        ("2:30pm", time(14, 30)),
        ("2.30 PM", time(14, 30)),
        ("14:30", time(14, 30)),
        ("1430", time(14, 30)),
        ("9am", time(9)),
        ("9 a.m.", time(9)),
        ("12am", time(0)),
        ("12pm", time(12)),
        ("midday", time(12)),
        ("09:05:00", time(9, 5)),
    ],
)
def test_a_time_is_read_in_any_usual_way(filled, typed, at):
    field = filled(TimeField("At"), typed)
    assert (field.data, field.errors) == (at, [])


@pytest.mark.parametrize("typed", ["25:00", "9:60", "half past nine", "13pm", "9", "99999"])
def test_another_time_is_told_what_one_looks_like(filled, typed):
    assert filled(TimeField("At"), typed).errors == ["At must be a time, like 2:30pm or 14:30"]
