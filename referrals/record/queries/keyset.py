"""A place in a list that is read a page at a time: no page numbers, no personal data."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from app.core.errors import Invalid

AGAIN = "Open the list again from its beginning."
PAGE = 50
NO_DATE = date(9999, 12, 31)


@dataclass(frozen=True)
class Place:
    """After this row the next page begins: its group, due date and referral."""

    group: int
    due: date
    referral_id: uuid.UUID

    def __str__(self) -> str:
        return f"{self.group}.{self.due.isoformat()}.{self.referral_id}"


@dataclass(frozen=True)
class Moment:
    """After this row the next page begins, in a list by time."""

    at: datetime
    row_id: uuid.UUID

    def __str__(self) -> str:
        return f"{self.at.isoformat()}~{self.row_id}"


def moment(text: str) -> Moment | None:
    """Read a moment from an address; empty is the start of the list.

    Raises:
        Invalid: it is no moment in any list.
    """
    if not text:
        return None
    try:
        at, row_id = text.split("~")
        return Moment(datetime.fromisoformat(at), uuid.UUID(row_id))
    except ValueError:
        raise Invalid(AGAIN) from None


def place(text: str) -> Place | None:
    """Read a place from an address; empty is the start of the list.

    Raises:
        Invalid: it is no place in any list.
    """
    if not text:
        return None
    try:
        group, due, referral_id = text.split(".")
        return Place(int(group), date.fromisoformat(due), uuid.UUID(referral_id))
    except ValueError:
        raise Invalid(AGAIN) from None
