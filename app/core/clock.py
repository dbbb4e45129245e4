"""Time: instants in UTC, days in the United Kingdom, working days of England and Wales."""

import contextlib
from collections.abc import Iterator
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from holidays import country_holidays

LONDON = ZoneInfo("Europe/London")
SATURDAY = 5
_ago: ContextVar[timedelta] = ContextVar("ago", default=timedelta())


def now() -> datetime:
    """This instant, aware, in UTC."""
    return datetime.now(UTC) - _ago.get()


@contextlib.contextmanager
def days_ago(days: int) -> Iterator[None]:
    """Live some days in the past: the demonstration has journeys that began weeks ago."""
    token = _ago.set(timedelta(days=days))
    try:
        yield
    finally:
        _ago.reset(token)


def today() -> date:
    """The date on a calendar in the United Kingdom."""
    return now().astimezone(LONDON).date()


def local(instant: datetime) -> datetime:
    """The same instant as a clock in the United Kingdom shows it."""
    return instant.astimezone(LONDON)


@lru_cache(maxsize=32)
def _bank_holidays(year: int) -> frozenset[date]:
    return frozenset(country_holidays("GB", subdiv="ENG", years=year))


def is_working_day(day: date) -> bool:
    """Whether `day` is neither a weekend nor a bank holiday of England and Wales."""
    return day.weekday() < SATURDAY and day not in _bank_holidays(day.year)


def working_days_after(day: date, count: int) -> date:
    """The date `count` working days after `day`, which itself does not count."""
    while count > 0:
        day += timedelta(days=1)
        count -= is_working_day(day)
    return day


def working_day_on_or_after(day: date) -> date:
    """`day` itself, or the first working day after it."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def working_days_between(start: date, end: date) -> int:
    """How many working days come after `start`, up to and including `end`; never below 0."""
    days = (end - start).days
    return sum(is_working_day(start + timedelta(days=one)) for one in range(1, days + 1))
