"""What a query asks for, and the conditions that a service must then meet."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, time

from sqlalchemy import (
    ColumnElement,
    and_,
    cast,
    exists,
    func,
    literal,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import TSQUERY

from directory.models.listing import LISTING
from directory.models.organisation import Organisation
from directory.models.schedule import Day, Schedule
from directory.models.service import Service
from directory.models.taxonomy import SERVICE_TERM, TaxonomyTerm
from directory.queries.postcode import Spot
from directory.queries.words import SearchWords

OLDEST = 999


@dataclass(frozen=True)
class Wanted:
    """Every filter that Open Referral UK names; None and blank ask for nothing.

    `query` is how the database reads the words; empty when it looks for none of them, like "the".
    `outward` and `spot` come from a postcode, and `metres` is how far from it a place may be.
    """

    words: SearchWords = field(default_factory=SearchWords)
    query: str = ""
    term_id: uuid.UUID | None = None
    taxonomy_id: uuid.UUID | None = None
    organisation_id: uuid.UUID | None = None
    minimum_age: int | None = None
    maximum_age: int | None = None
    start_time: time | None = None
    end_time: time | None = None
    day: Day | None = None
    modified_after: datetime | None = None
    outward: str | None = None
    spot: Spot | None = None
    metres: int | None = None

    def of_service(self) -> list[ColumnElement[bool]]:
        """What must hold of a Service."""
        return [*self._facts(), *self._terms(), *self._schedules()]

    def of_listing(self) -> list[ColumnElement[bool]]:
        """What must hold of the row of LISTING that a search looks at."""
        row = LISTING.c
        met: list[ColumnElement[bool]] = []
        if self.words:
            met.append(row.is_open)
        if self.query:
            met.append(row.words.bool_op("@@")(cast(self.query, TSQUERY)))
        if self.day:
            met.append(row.facets.contains([f"day.{self.day.name.lower()}"]))
        if self.outward:
            covers = literal(self.outward) == func.any(row.outwards)
            met.append(or_(row.outwards.is_(None), covers))
        return met

    def _facts(self) -> Iterator[ColumnElement[bool]]:
        if self.organisation_id:
            yield Service.organisation_id == self.organisation_id
        if self.minimum_age is not None:
            yield func.coalesce(Service.minimum_age, 0) >= self.minimum_age
        if self.maximum_age is not None:
            yield func.coalesce(Service.maximum_age, OLDEST) <= self.maximum_age
        if self.modified_after:
            yield _changed_since(literal(self.modified_after))

    def _terms(self) -> Iterator[ColumnElement[bool]]:
        term = TaxonomyTerm
        wanted: list[ColumnElement[bool]] = []
        if self.term_id:
            wanted.append(or_(term.id == self.term_id, term.parent_id == self.term_id))
        if self.taxonomy_id:
            wanted.append(term.taxonomy_id == self.taxonomy_id)
        if wanted:
            carried = select(SERVICE_TERM.c.service_id).join(
                term, term.id == SERVICE_TERM.c.term_id
            )
            yield Service.id.in_(carried.where(*wanted))

    def _schedules(self) -> Iterator[ColumnElement[bool]]:
        met: list[ColumnElement[bool]] = []
        if self.start_time:
            met.append(Schedule.opens_at >= self.start_time)
        if self.end_time:
            met.append(Schedule.closes_at <= self.end_time)
        if met:
            # At that time on that day; the day alone stands on the search row.
            met += [Schedule.byday.contains(self.day)] if self.day else []
            yield exists().where(and_(Schedule.service_id == Service.id, *met))


def _changed_since(moment: ColumnElement[datetime]) -> ColumnElement[bool]:
    theirs = select(Organisation.id).where(Organisation.last_modified >= moment).scalar_subquery()
    return or_(
        Service.last_modified >= moment,
        Service.assured_at >= moment,
        # An array, so that the index of organisations serves as the other two do.
        Service.organisation_id == func.any(func.array(theirs)),
    )
