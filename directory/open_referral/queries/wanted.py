"""What a query asks for, and the conditions that a service must then meet."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, time

from sqlalchemy import ColumnElement, and_, exists, func, literal, or_, select

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

    `outward` and `spot` come from a postcode, and `metres` is how far from it a place may be.
    """

    words: SearchWords = field(default_factory=SearchWords)
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

    def conditions(self) -> list[ColumnElement[bool]]:
        """What must hold of a Service, joined with nothing."""
        found = [*self._facts(), *self._listing(), *self._schedules()]
        if self.taxonomy_id:
            found.append(
                exists().where(
                    SERVICE_TERM.c.service_id == Service.id,
                    SERVICE_TERM.c.term_id == TaxonomyTerm.id,
                    TaxonomyTerm.taxonomy_id == self.taxonomy_id,
                )
            )
        return found

    def _facts(self) -> Iterator[ColumnElement[bool]]:
        if self.organisation_id:
            yield Service.organisation_id == self.organisation_id
        if self.minimum_age is not None:
            yield func.coalesce(Service.minimum_age, 0) >= self.minimum_age
        if self.maximum_age is not None:
            yield func.coalesce(Service.maximum_age, OLDEST) <= self.maximum_age
        if self.modified_after:
            moment = literal(self.modified_after)
            theirs = select(Organisation.id).where(Organisation.last_modified >= moment)
            yield or_(
                Service.last_modified >= moment,
                Service.assured_at >= moment,
                Service.organisation_id.in_(theirs),
            )

    def _listing(self) -> Iterator[ColumnElement[bool]]:
        row, met = LISTING.c, []
        if self.words:
            query = self.words.every()
            # A query of nothing but stop words ("the") asks for nothing in particular.
            met.append(or_(func.numnode(query) == 0, row.words.bool_op("@@")(query)))
        if self.term_id:
            met.append(row.term_ids.overlap([self.term_id]))
        if self.outward:
            covers = literal(self.outward) == func.any(row.outwards)
            met.append(or_(row.outwards.is_(None), covers))
        if met:
            yield Service.id.in_(select(row.service_id).where(*met))

    def _schedules(self) -> Iterator[ColumnElement[bool]]:
        met: list[ColumnElement[bool]] = []
        if self.day:
            met.append(Schedule.byday.contains(self.day))
        if self.start_time:
            met.append(Schedule.opens_at >= self.start_time)
        if self.end_time:
            met.append(Schedule.closes_at <= self.end_time)
        if met:
            yield exists().where(and_(Schedule.service_id == Service.id, *met))
