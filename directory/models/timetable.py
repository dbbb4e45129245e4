"""A repeating time as a value: to and from its stored form, and in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from types import SimpleNamespace
from typing import Any

from directory.models.schedule import NTH, Day, Repeat, Schedule

NAMES = {day: day.name.capitalize() for day in Day}
ORDINALS = {1: "First", 2: "Second", 3: "Third", 4: "Fourth", -1: "Last"}


@dataclass(frozen=True)
class Session:
    """The same days and hours, again and again."""

    days: tuple[Day, ...]
    repeat: Repeat = Repeat.WEEKLY
    opens_at: time | None = None
    closes_at: time | None = None
    note: str = ""

    @classmethod
    def of(cls, row: Schedule | SimpleNamespace) -> Session:
        """The value of a stored schedule, or of something with its columns."""
        marks = row.byday.split(",")
        days = tuple(Day(mark[-2:]) for mark in marks)
        return cls(days, _repeat(row, marks[0][:-2]), row.opens_at, row.closes_at, row.note)

    @classmethod
    def told(cls, row: dict[str, Any]) -> Session:
        """The value of a stored schedule that came as JSON."""
        hours = {
            at: time.fromisoformat(row[at]) if row[at] else None for at in ("opens_at", "closes_at")
        }
        return cls.of(SimpleNamespace(**(row | hours)))

    @property
    def rule(self) -> dict[str, str | int]:
        """Its freq, interval and byday."""
        nth = NTH.get(self.repeat)
        return {
            "freq": "MONTHLY" if nth else "WEEKLY",
            "interval": 2 if self.repeat is Repeat.FORTNIGHTLY else 1,
            "byday": ",".join(f"{nth or ''}{day}" for day in self.days),
        }

    @property
    def words(self) -> str:
        """What people read: "Mondays and Fridays, 10am to 12:30pm"."""
        return ", ".join(part for part in (self._days_words, self.hours_words, self.note) if part)

    @property
    def hours_words(self) -> str:
        """From when to when: "10am to 12:30pm"; empty when nobody has said."""
        return " to ".join(clock_words(at) for at in (self.opens_at, self.closes_at) if at)

    @property
    def _days_words(self) -> str:
        nth = NTH.get(self.repeat)
        if nth:
            names = _and([NAMES[day] for day in self.days])
            return f"{ORDINALS[nth]} {names} of the month"
        every_day = len(set(self.days)) == len(Day)
        names = "Every day" if every_day else _and([f"{NAMES[day]}s" for day in self.days])
        return f"Every other week: {names}" if self.repeat is Repeat.FORTNIGHTLY else names


def clock_words(at: time) -> str:
    """A time of day as a poster writes it: "10am", "12:30pm", "midday"."""
    if (at.hour, at.minute) == (12, 0):
        return "midday"
    minutes = f":{at.minute:02}" if at.minute else ""
    return f"{at.hour % 12 or 12}{minutes}{'am' if at.hour < 12 else 'pm'}"


def _and(names: list[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _repeat(row: Schedule | SimpleNamespace, nth: str) -> Repeat:
    if row.freq == "MONTHLY":
        return next((one for one, at in NTH.items() if str(at) == nth), Repeat.FIRST)
    return Repeat.FORTNIGHTLY if row.interval == 2 else Repeat.WEEKLY
