"""Days in three boxes, and times of day."""

import re
from collections.abc import Sequence
from datetime import date, time
from typing import Any

from wtforms import Field, Form, ValidationError
from wtforms.utils import unset_value

from app.core import clock
from app.ui.fields.asked import Check, ParsedField, called, checks, clean_line
from app.ui.fields.numbers import plain_digits
from app.ui.words.text import and_list

PARTS = ("day", "month", "year")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
NAMES = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
EARLIEST_YEAR = 1890
BOUNDS = {
    "past": ("be in the past", lambda day, today: day < today),
    "today or past": ("be today or in the past", lambda day, today: day <= today),
    "today or future": ("be today or in the future", lambda day, today: day >= today),
    "future": ("be in the future", lambda day, today: day > today),
}


def month_number(text: str) -> int:
    """1 to 12 from a number or a name, short or long; 0 when it is neither."""
    word = text.casefold().rstrip(".")
    if word.isascii() and word.isdigit():
        return int(word) if len(word) <= 2 else 0
    if word == "sept" or word in MONTHS or word in NAMES:
        return MONTHS.index(word[:3]) + 1
    return 0


class DatePartsField(Field):
    """A day, a month and a year; `.bad` names the boxes to mend, `.parts` what was typed."""

    data: Any

    def __init__(
        self,
        label: str = "",
        *,
        required: str | None = None,
        hint: str = "",
        must_be: str | None = None,
        validators: Sequence[Check] = (),
        **others: Any,
    ) -> None:
        own = checks(required, validators, self._within)
        super().__init__(label, own, description=hint or "For example, 27 3 1957", **others)
        self.must_be = must_be
        self.data = None
        self.parts = dict.fromkeys(PARTS, "")
        self.bad: set[str] = set()

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        """Take the three boxes of a posted form, or a date."""
        super().process(None, data, extra_filters)
        names = {part: f"{self.name}-{part}" for part in PARTS}
        if formdata is None or not any(name in formdata for name in names.values()):
            day = self.data
            values = (day.day, day.month, day.year) if day else ("", "", "")
            self.parts = dict(zip(PARTS, map(str, values), strict=True))
            return
        self.parts = {part: clean_line(formdata.get(names[part]) or "") for part in PARTS}
        self.data = None
        try:
            self.data = self._read()
        except ValueError as wrong:
            self.process_errors.append(str(wrong))

    def _read(self) -> date | None:
        missing = [part for part in PARTS if not self.parts[part]]
        if len(missing) == len(PARTS):
            self.bad = set(PARTS)
            return None
        day, year = plain_digits(self.parts["day"]), plain_digits(self.parts["year"])
        month = month_number(plain_digits(self.parts["month"]))
        if any(len(text) > 9 or len(text.split()) > 1 for text in self.parts.values()):
            self._refuse(
                set(PARTS), "must go in three boxes: a day, a month and a year, like 27 3 1957"
            )
        if missing:
            self._refuse(set(missing), f"must include a {and_list(missing)}")
        if not re.fullmatch(r"[0-9]{1,2}(st|nd|rd|th)?", day.casefold()):
            self._refuse({"day"}, "must have a day from 1 to 31")
        if not 1 <= month <= 12:
            self._refuse({"month"}, "must have a month from 1 to 12, or its name")
        if not re.fullmatch(r"[0-9]{4}", year):
            self._refuse({"year"}, "must have a year of 4 digits, like 1957")
        return self._real(int(re.sub(r"\D", "", day)), month, int(year))

    def _real(self, day: int, month: int, year: int) -> date:
        if not EARLIEST_YEAR <= year <= clock.today().year + 50:
            self._refuse({"year"}, f"must have a year after {EARLIEST_YEAR - 1}, like 1957")
        try:
            return date(year, month, day)
        except ValueError:
            self._refuse(
                {"day"}, f"must be a real date: {NAMES[month - 1].title()} has no day {day}"
            )
            raise

    def _refuse(self, bad: set[str], words: str) -> None:
        self.bad = bad
        raise ValueError(f"{called(self)} {words}")

    @staticmethod
    def _within(_form: Form, field: "DatePartsField") -> None:
        if field.must_be is None:
            return
        words, holds = BOUNDS[field.must_be]
        if not holds(field.data, clock.today()):
            field.bad = set(PARTS)
            raise ValidationError(f"{called(field)} must {words}")


class TimeField(ParsedField):
    """A time of day, typed any usual way: 2:30pm, 14.30, 9am, midday."""

    empty = None
    limit = 20

    def parse(self, text: str) -> time:
        """Read a time of day."""
        words = plain_digits(text).casefold().replace(" ", "").replace(".", ":").rstrip(":")
        words = {"midday": "12:00", "noon": "12:00", "midnight": "0:00"}.get(words, words)
        found = re.fullmatch(r"([0-9]{1,2})(?::?([0-9]{2}))?(?::[0-9]{2})?([ap]):?m?", words)
        found = found or re.fullmatch(r"([0-9]{1,2}):?([0-9]{2})(?::[0-9]{2})?()", words)
        hour, minute = (int(found[1]), int(found[2] or 0)) if found else (99, 0)
        if found and found[3]:
            hour = hour % 12 + (12 if found[3] == "p" else 0) if 1 <= hour <= 12 else 99
        if hour > 23 or minute > 59:
            raise ValueError(f"{called(self)} must be a time, like 2:30pm or 14:30")
        return time(hour, minute)

    def show(self, value: Any) -> str:
        """14:30."""
        return f"{value:%H:%M}"
