"""What is on: the services that a search finds, by date, in the order of the day."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, time

from sqlalchemy import select

from app.core.db import session
from directory.finding.models.facet import Chosen
from directory.finding.models.occasion import Happens, Occasion, facet_of, happens
from directory.finding.queries.matching import first_of
from directory.finding.queries.narrowing import Wanted
from directory.finding.queries.search import saying_of
from directory.models.schedule import Day, Schedule
from directory.models.timetable import Session
from directory.queries import dealing
from directory.queries.card import ServiceCard

# Services that are looked at for a page of one day, and for a calendar of seven.
MOST_A_DAY, MOST_A_WEEK = 100, 300
EVERY_DAY = tuple(f"day.{one.name.lower()}" for one in Day)
LATE = time.max


@dataclass(frozen=True)
class Line:
    """One occasion, with the card of its service."""

    occasion: Occasion
    card: ServiceCard


@dataclass(frozen=True)
class Programme:
    """What is on. `more`: only the services that are nearest, or first by name, are in it.

    `meant` are the needs that the words stand for, when nothing has all of them.
    """

    lines: list[Line]
    more: bool
    meant: tuple[str, ...]


def on_day(wanted: Wanted, on: date) -> Programme:
    """The occasions of one date, earliest first."""
    return _during(wanted, [on], MOST_A_DAY)


def in_week(wanted: Wanted, days: list[date]) -> Programme:
    """The occasions of all of these days, in one search."""
    return _during(wanted, days, MOST_A_WEEK)


def _during(wanted: Wanted, days: list[date], most: int) -> Programme:
    saying, meant = saying_of(_held_on(wanted, EVERY_DAY))
    on_these = _held_on(wanted, tuple(facet_of(one) for one in days))
    found = first_of(on_these, saying, None, most + 1)
    cards = {one.id: one for one in dealing.cards(found[:most], wanted.near)}
    lines = [
        Line(Occasion(on, held, sure is Happens.YES), cards[service_id])
        for service_id, held in _sessions(cards)
        for on in days
        if (sure := happens(held, on)) is not Happens.NO
    ]
    lines.sort(key=_in_order)
    return Programme(lines, len(found) > most, meant)


def _held_on(wanted: Wanted, facets: tuple[str, ...]) -> Wanted:
    """The same on these days: another that was chosen elsewhere does not say what is on."""
    return replace(wanted, chosen=Chosen({**wanted.chosen.by_group, "day": facets}))


def _in_order(line: Line) -> tuple[date, time, str]:
    held = line.occasion
    return held.on, held.session.opens_at or LATE, line.card.name


def _sessions(service_ids: Collection[uuid.UUID]) -> list[tuple[uuid.UUID, Session]]:
    rows = session.scalars(
        select(Schedule)
        .where(Schedule.service_id.in_(list(service_ids)))
        .order_by(Schedule.service_id, Schedule.position)
    )
    return [(row.service_id, Session.of(row)) for row in rows]
