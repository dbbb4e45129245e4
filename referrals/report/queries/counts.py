"""Counts by month, by step of the journey and by need. A number missing here is under 5."""

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select

from app.core import clock
from app.core.db import session
from app.identity.actor import Actor
from directory import catalogue
from referrals.record.models.need import NeedStatus
from referrals.report.policy import SEE_COUNTS

STEPS = (
    "sent",
    "reached a community referrer",
    "referred on",
    "received help",
    "finished",
)


@dataclass(frozen=True)
class Period:
    """Whole months, both included."""

    since: date
    until: date

    @property
    def months(self) -> list[date]:
        """The first day of each, oldest first."""
        count = (self.until.year - self.since.year) * 12 + self.until.month - self.since.month
        return [month_before(self.until, back) for back in range(count, -1, -1)]


@dataclass(frozen=True)
class Step:
    """One step of the journey: how many came so far, in how many days (the median)."""

    name: str
    number: int | None
    median_days: int | None


@dataclass(frozen=True)
class Counts:
    """`None`, or a key that is absent, is a number under 5."""

    period: Period
    by_month: dict[tuple[date | None, str | None], int]
    steps: list[Step]
    needs: dict[tuple[uuid.UUID, str | None], int]
    terms: dict[uuid.UUID, str]

    @property
    def unmet(self) -> list[tuple[str, int]]:
        """Needs for which no suitable service was found, most frequent first."""
        status = NeedStatus.NO_SUITABLE_SERVICE
        found = [(self.terms[t], n) for (t, s), n in self.needs.items() if s == status]
        return sorted(found, key=lambda one: (-one[1], one[0]))

    @property
    def terms_by_number(self) -> list[tuple[uuid.UUID, str]]:
        """Needs that occur at least 5 times, most frequent first."""
        known = [(t, n) for (t, s), n in self.needs.items() if s is None]
        known.sort(key=lambda one: (-one[1], self.terms[one[0]]))
        return [(t, self.terms[t]) for t, _ in known]


def month_before(day: date, months: int) -> date:
    """The first day of the month that lies this many months before."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, 1)


def last_months(months: int) -> Period:
    """The present month and those before it, so many in all."""
    today = clock.today()
    return Period(month_before(today, months - 1), today)


def of(actor: Actor, period: Period) -> Counts:
    """All counts of a period. Four statements."""
    SEE_COUNTS.require(actor)
    by_month = {
        (row.month, row.status): row.number
        for row in _ask("count_referrals", period, "month", "status", "number")
    }
    found = {
        row.step: row for row in _ask("count_journey", period, "step", "number", "median_days")
    }
    steps = [_step(name, found.get(name)) for name in STEPS]
    needs = {
        (row.term_id, row.status): row.number
        for row in _ask("count_needs", period, "term_id", "status", "number")
    }
    names = catalogue.term_names({term for term, _ in needs}) if needs else {}
    terms = {term: names.get(term, "A need") for term, _ in needs}
    return Counts(period, by_month, steps, needs, terms)


def _ask(name: str, period: Period, *columns: str) -> Any:
    function = getattr(func.trellis, name)(period.since, period.until)
    return session.execute(select(function.table_valued(*columns))).all()


def _step(name: str, row: Any) -> Step:
    return Step(name, row.number if row else None, row.median_days if row else None)
