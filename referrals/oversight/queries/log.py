"""Who has seen a record: a line for each user, day and deed, the latest first."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from app.core.db import session
from app.core.errors import NotFound
from referrals.record.queries import names

PAGE = 50
WHOLE = 500
COLUMNS = (
    *("last_id", "day", "first_at", "last_at"),
    *("user_id", "agency_id", "action", "times"),
)


@dataclass(frozen=True)
class Record:
    """A record that an officer may ask about; it says nothing of the person."""

    id: uuid.UUID
    person_id: uuid.UUID
    reference: str


@dataclass(frozen=True)
class Log:
    """Lines, the names that appear in them, and where the next page begins."""

    lines: Sequence[Any]
    user_names: dict[uuid.UUID, str]
    agency_names: dict[uuid.UUID, str]
    following: int | None


def overseen(referral_id: uuid.UUID | None = None, reference: str = "") -> Record:
    """The record, or NotFound when the officer's agency has nothing to do with it."""
    asked = func.trellis.overseen(referral_id, reference)
    found = session.execute(
        select(asked.table_valued("referral_id", "person_id", "reference"))
    ).one_or_none()
    if found is None:
        raise NotFound("There is no such record")
    return Record(*found)


def of(
    person_id: uuid.UUID, before: int | None = None, most: int = PAGE, *, safeguarding: bool
) -> Log:
    """Up to `most` lines; safeguarding only for an officer who asks for it."""
    asked = func.trellis.seen_record(person_id, before, most + 1, safeguarding)
    found = session.execute(select(asked.table_valued(*COLUMNS))).all()
    lines = found[:most]
    return Log(
        lines,
        names.of_users(one.user_id for one in lines),
        names.of_agencies(one.agency_id for one in lines),
        lines[-1].last_id if len(found) > most else None,
    )
