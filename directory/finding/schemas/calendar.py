"""Times as a calendar file (RFC 5545), for a phone or a computer to keep."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

import icalendar

from app.core import clock
from directory.finding.models.occasion import first_on_or_after
from directory.models.schedule import Repeat
from directory.models.timetable import Session

WHO = "-//Trellis//Directory//EN"
DAY = timedelta(days=1)
PERHAPS = "Every other week: ask which one"


@dataclass(frozen=True)
class Entry:
    """What a calendar says of a service. `link` is the address of its page."""

    service_id: UUID
    name: str
    place: str
    link: str
    last_modified: datetime


def of_sessions(entry: Entry, sessions: list[Session], today: date) -> bytes:
    """A calendar in which each session repeats as it does."""
    made = _calendar(entry.name)
    for number, one in enumerate(sessions):
        event = _event(entry, one, first_on_or_after(one, today), f"{entry.service_id}-{number}")
        event.add("rrule", _rule(one))
        made.add_component(event)
    return _written(made)


def of_occasions(name: str, told: list[tuple[Entry, Session, date]]) -> bytes:
    """A calendar of single occasions."""
    made = _calendar(name)
    for entry, one, on in told:
        hour = one.opens_at.strftime("%H%M") if one.opens_at else "day"
        made.add_component(_event(entry, one, on, f"{entry.service_id}-{on:%Y%m%d}-{hour}"))
    return _written(made)


def _calendar(name: str) -> icalendar.Calendar:
    made = icalendar.Calendar()
    made.add("prodid", WHO)
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", _line(name))
    return made


def _event(entry: Entry, held: Session, on: date, uid: str) -> icalendar.Event:
    event = icalendar.Event()
    event.add("uid", f"{uid}@trellis")
    event.add("dtstamp", entry.last_modified)
    event.add("summary", _line(entry.name))
    for name, at in _hours(held, on):
        event.add(name, at)
    if entry.place:
        event.add("location", _line(entry.place))
    perhaps = held.repeat is Repeat.FORTNIGHTLY
    event.add("status", "TENTATIVE" if perhaps else "CONFIRMED")
    said = [PERHAPS if perhaps else "", _line(held.note), "Check before you go.", entry.link]
    event.add("description", "\n".join(one for one in said if one))
    event.add("url", entry.link)
    return event


def _hours(held: Session, on: date) -> list[tuple[str, date | datetime]]:
    """From when to when; a session without hours takes the day."""
    if held.opens_at is None:
        return [("dtstart", on), ("dtend", on + DAY)]
    start = _at(on, held.opens_at)
    if held.closes_at is None or held.closes_at <= held.opens_at:
        return [("dtstart", start)]
    return [("dtstart", start), ("dtend", _at(on, held.closes_at))]


def _line(words: str) -> str:
    """One line of it, without signs that a calendar file may not hold."""
    return " ".join("".join(one if one.isprintable() else " " for one in words).split())


def _at(on: date, at: time) -> datetime:
    return datetime.combine(on, at, clock.LONDON)


def _rule(held: Session) -> dict[str, object]:
    rule = held.rule
    # Nobody has said in which of two weeks it is: every week, each marked as uncertain.
    return {"freq": rule["freq"], "byday": str(rule["byday"]).split(",")}


def _written(made: icalendar.Calendar) -> bytes:
    made.add_missing_timezones()
    return made.to_ical()
