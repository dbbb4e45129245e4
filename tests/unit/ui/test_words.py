import enum
from datetime import UTC, date, datetime, time, timedelta

import pytest
from markupsafe import Markup

from app.ui import words

TODAY = date(2026, 11, 22)


def test_days_are_said_in_words():
    assert words.date_words(TODAY) == "Sunday 22 November 2026"
    assert words.short_date(TODAY) == "22 Nov 2026"


def test_an_instant_is_said_as_a_clock_in_the_united_kingdom_shows_it():
    assert words.moment_words(datetime(2026, 7, 1, 23, 30, tzinfo=UTC)) == "2 July 2026 at 12:30am"
    assert words.time_words(time(12)) == "midday"
    assert words.time_words(time(9)) == "9am"


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (-3, "3 days overdue"),
        (-1, "1 day overdue"),
        (0, "due today"),
        (1, "due tomorrow"),
        (2, "due in 2 days"),
    ],
)
def test_what_is_due_says_when(days, said):
    assert words.due_words(TODAY + timedelta(days=days), TODAY) == said


def test_what_is_past_says_how_long_ago():
    said = [words.ago_words(TODAY - timedelta(days=days), TODAY) for days in (0, 1, 5)]
    assert said == ["today", "yesterday", "5 days ago"]


def test_an_age_changes_on_the_birthday():
    assert words.age(date(1957, 11, 23), TODAY) == 68
    assert words.age(date(1957, 11, 22), TODAY) == 69


def test_counts_and_lists_read_like_sentences():
    assert [words.plural(n, "referral") for n in (0, 1, 2000)] == [
        "no referrals",
        "1 referral",
        "2,000 referrals",
    ]
    assert words.plural(2, "person", "people") == "2 people"
    assert words.and_list([]) == ""
    assert words.and_list(["debt"]) == "debt"
    assert words.and_list(["debt", "housing", "loneliness"]) == "debt, housing and loneliness"


def test_typed_text_is_escaped_and_keeps_its_lines():
    assert words.lines("<b>\nx") == Markup("&lt;b&gt;<br>\nx")


def test_every_state_has_words_and_a_colour():
    class Status(enum.StrEnum):
        IN_PROGRESS = "in-progress"
        SOMETHING_NEW = "something_new"

    assert words.state_words(Status.IN_PROGRESS) == "In progress"
    assert words.state_words(Status.SOMETHING_NEW) == "Something new"
    assert words.state_colour(Status.SOMETHING_NEW) == "grey"


def test_a_member_may_bring_its_own_words():
    class Urgency(enum.Enum):
        SOON = "soon"

        @property
        def words(self):
            return "Within a week"

    assert words.choices_of(Urgency) == [("soon", "Within a week")]
