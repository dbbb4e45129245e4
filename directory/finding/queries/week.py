"""What is on: the services that a search finds, on one date, in the order of the day."""

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
from directory.finding.queries.saying import Saying
from directory.models.schedule import Schedule
from directory.models.timetable import Session
from directory.queries import dealing
from directory.queries.card import ServiceCard
from directory.queries.reading import reading

MOST = 100
LATE = time.max


@dataclass(frozen=True)
class Line:
    """One occasion, with the card of its service."""

    occasion: Occasion
    card: ServiceCard


@dataclass(frozen=True)
class OneDay:
    """What is on that day. `more`: only the nearest, or the first by name, are shown."""

    on: date
    lines: list[Line]
    more: bool


def on_day(wanted: Wanted, on: date) -> OneDay:
    """The occasions of one date, earliest first. Four statements."""
    # Another day that was chosen elsewhere does not say what is on today.
    chosen = {**wanted.chosen.by_group, "day": (facet_of(on),)}
    that_day = replace(wanted, chosen=Chosen(chosen))
    saying = Saying(reading(wanted.typed).begun)
    found = first_of(that_day, saying, None, MOST + 1)
    cards = {one.id: one for one in dealing.cards(found[:MOST], wanted.near)}
    lines = [
        Line(Occasion(on, held, sure is Happens.YES), cards[service_id])
        for service_id, held in _sessions(cards)
        if (sure := happens(held, on)) is not Happens.NO
    ]
    lines.sort(key=lambda one: (one.occasion.session.opens_at or LATE, one.card.name))
    return OneDay(on, lines, more=len(found) > MOST)


def _sessions(service_ids: Collection[uuid.UUID]) -> list[tuple[uuid.UUID, Session]]:
    rows = session.scalars(
        select(Schedule)
        .where(Schedule.service_id.in_(list(service_ids)))
        .order_by(Schedule.service_id, Schedule.position)
    )
    return [(row.service_id, Session.of(row)) for row in rows]
