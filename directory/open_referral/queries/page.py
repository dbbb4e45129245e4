"""A page of anything: which records, out of how many, and when any of it last changed."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import ScalarSelect, Select, func, select

from app.core.db import session
from directory.models.organisation import Organisation
from directory.models.service import Service

Record = TypeVar("Record")
PER_PAGE, MOST = 50, 500
REMEMBERED_SECONDS = 60
# A minimal list is for keeping a copy up to date: all of it at once, when it can be.
PER_MINIMAL_PAGE = 10_000


@dataclass(frozen=True)
class Slice:
    """Which page is asked for; numbers begin at 1."""

    number: int = 1
    size: int = PER_PAGE

    def of(self, rows: Select[Any]) -> Select[Any]:
        """Only this page of these rows."""
        return rows.limit(self.size).offset((self.number - 1) * self.size)


@dataclass(frozen=True)
class Page(Generic[Record]):
    """The records of one page, with the envelope that Open Referral puts around them."""

    contents: Sequence[Record]
    slice: Slice
    total_items: int
    changed_at: datetime | None = None

    @property
    def total_pages(self) -> int:
        """How many pages there are; one, though empty, when nothing was found."""
        return max(1, -(-self.total_items // self.slice.size))

    @property
    def page_number(self) -> int:
        """This page's number."""
        return self.slice.number

    @property
    def size(self) -> int:
        """How many records are on this page."""
        return len(self.contents)

    @property
    def first_page(self) -> bool:
        """Whether no page comes before this one."""
        return self.slice.number == 1

    @property
    def last_page(self) -> bool:
        """Whether no page comes after this one."""
        return self.slice.number >= self.total_pages

    @property
    def empty(self) -> bool:
        """Whether there is nothing on this page."""
        return not self.contents


@dataclass(frozen=True)
class Length:
    """How long a whole list was, when the directory had last been changed at that moment."""

    number: int
    changed_at: datetime
    counted_at: float


_lengths: dict[str, Length] = {}


def changed_at() -> datetime | None:
    """When anything in the directory was last changed or confirmed.

    It stands in every answer: a record is put together from so many others that only the whole
    directory's age makes sure that nobody is told "not modified" of something that was.
    """
    moment: datetime | None = session.scalar(select(_changed()))
    return moment


def counted(rows: Select[Any]) -> tuple[int, datetime | None]:
    """How many rows there are, and when the directory last changed; one statement.

    Whole lists are read page after page, so how long they are is remembered, for as long as
    nothing newer is in the directory, and for a minute at most: as long as a page may be kept.
    """
    whole = str(rows) if rows.whereclause is None else ""
    known = _lengths.get(whole)
    if known and known.counted_at > time.monotonic() - REMEMBERED_SECONDS:
        moment = changed_at()
        if moment == known.changed_at:
            return known.number, moment
    total, moment = _counted(rows)
    if whole and moment:
        _lengths[whole] = Length(total, moment, time.monotonic())
    return total, moment


def _counted(rows: Select[Any]) -> tuple[int, datetime | None]:
    count = select(func.count()).select_from(rows.order_by(None).subquery()).scalar_subquery()
    total, moment = session.execute(select(count, _changed())).one()
    return total, moment


def _changed() -> Any:
    return func.greatest(
        _latest(Service.last_modified),
        _latest(Service.assured_at),
        _latest(Organisation.last_modified),
    )


def _latest(column: Any) -> ScalarSelect[datetime]:
    return select(func.max(column)).scalar_subquery()
