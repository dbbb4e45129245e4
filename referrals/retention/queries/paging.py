"""A list of holds or erasures, a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Select, tuple_

from app.core.db import session
from referrals.record.queries.keyset import PAGE, Moment, moment

Row = TypeVar("Row")


@dataclass(frozen=True)
class Page(Generic[Row]):
    """One page; `after` is the cursor of the following one, or empty."""

    rows: Sequence[Row]
    after: str = ""


def page(
    wanted: Select[Row], at: Any, row_id: Any, after: str, *, latest_first: bool = False
) -> Page[Row]:
    """Up to a page of rows by the time in column `at`. Raises Invalid when `after` is no cursor."""
    start, key = moment(after), tuple_(at, row_id)
    if start:
        beyond = tuple_(start.at, start.row_id)
        wanted = wanted.where(key < beyond if latest_first else key > beyond)
    order = (at.desc(), row_id.desc()) if latest_first else (at, row_id)
    found: Sequence[Any] = session.scalars(wanted.order_by(*order).limit(PAGE + 1)).all()
    last = found[PAGE - 1] if len(found) > PAGE else None
    more = str(Moment(getattr(last, at.key), last.id)) if last else ""
    return Page(found[:PAGE], more)
