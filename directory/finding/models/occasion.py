"""Occasions: on which dates something that happens again and again really happens."""

import calendar
import enum
from dataclasses import dataclass
from datetime import date, timedelta

from directory.models.schedule import NTH, Day, Repeat
from directory.models.timetable import Session

WEEK = 7


class Happens(enum.Enum):
    """Whether it is on that day. Every other week is one of two, and nobody has said which."""

    NO = "no"
    PERHAPS = "perhaps"
    YES = "yes"


def happens(session: Session, on: date) -> Happens:
    """Whether a session is held on this date."""
    if _day(on) not in session.days:
        return Happens.NO
    if session.repeat is Repeat.FORTNIGHTLY:
        return Happens.PERHAPS
    nth = NTH.get(session.repeat)
    if nth is None or nth == _week_of_month(on) or (nth == -1 and _is_last(on)):
        return Happens.YES
    return Happens.NO


def first_on_or_after(session: Session, since: date) -> date:
    """The first date on which it may be held; the rules are such that there is one."""
    coming = (since + timedelta(days=ahead) for ahead in range(WEEK * 9))
    return next(one for one in coming if happens(session, one) is not Happens.NO)


def coming_week(today: date) -> list[date]:
    """Today and the six days after it."""
    return [today + timedelta(days=ahead) for ahead in range(WEEK)]


def facet_of(on: date) -> str:
    """How a search is narrowed to the day of the week of a date."""
    return f"day.{_day(on).name.lower()}"


@dataclass(frozen=True)
class Occasion:
    """One service's session on one date. `sure`: that it is held then, not the week after."""

    on: date
    session: Session
    sure: bool


def _day(on: date) -> Day:
    return list(Day)[on.weekday()]


def _week_of_month(on: date) -> int:
    return (on.day - 1) // WEEK + 1


def _is_last(on: date) -> bool:
    return on.day + WEEK > calendar.monthrange(on.year, on.month)[1]
