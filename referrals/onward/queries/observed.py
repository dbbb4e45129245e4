"""What became of earlier referrals to a service: how long until an answer, until somebody came.

The database counts over everybody's referrals of the last year and gives back numbers of days;
how few they are, and how old, is always said with them.
"""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from sqlalchemy import func, literal, select
from sqlalchemy.dialects.postgresql import ARRAY, UUID

from app.core import clock
from app.core.db import session
from app.ui.words import ago_words, plural

LOOKED_BACK = timedelta(days=365)
# Fewer than this say little of the next one.
FEW = 5


@dataclass(frozen=True)
class Wait:
    """The middle of so many waits, in days, and when the last of them ended."""

    count: int = 0
    days: float | None = None
    latest: datetime | None = None

    def words(self, began: str) -> str:
        """Like "Answered: half within 3 days, of 12 referrals (latest 2 weeks ago)"."""
        if not self.count or self.days is None or self.latest is None:
            return ""
        days = plural(round(self.days), "day")
        few = ": too few to go by" if self.count < FEW else ""
        ago = f"(latest {ago_words(self.latest)}{few})"
        if self.count == 1:
            after = "on the same day" if self.days < 1 else f"after {days}"
            return f"{began} {after}, one referral {ago}"
        half = "on the same day" if self.days < 1 else f"within {days}"
        return f"{began}: half {half}, of {self.count} referrals {ago}"


@dataclass(frozen=True)
class Observed:
    """What was seen of a service in the last year."""

    sent: int = 0
    answer: Wait = Wait()
    attendance: Wait = Wait()

    @property
    def words(self) -> list[str]:
        """What people read, shortest first; that nothing was seen is said too."""
        if not self.sent:
            return ["No earlier referral there in the last 12 months"]
        said = [self.answer.words("Answered"), self.attendance.words("First attended")]
        if not self.answer.count:
            said[0] = f"None of {plural(self.sent, 'referral')} has been answered yet"
        if not self.attendance.count:
            said[1] = "Nobody is known to have attended yet"
        return said


NOTHING = Observed()


def of(service_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Observed]:
    """What was seen of each of these services, in one statement."""
    since = clock.now() - LOOKED_BACK
    asked = func.trellis.observed_waits(literal(list(service_ids), ARRAY(UUID)), since)
    columns = (
        *("service_id", "sent", "answered", "answer_days", "last_answer"),
        *("attended", "attendance_days", "last_attendance"),
    )
    rows = session.execute(select(asked.table_valued(*columns))) if service_ids else ()
    return {
        row.service_id: Observed(
            row.sent,
            Wait(row.answered, _days(row.answer_days), row.last_answer),
            Wait(row.attended, _days(row.attendance_days), row.last_attendance),
        )
        for row in rows
    }


def _days(number: Decimal | None) -> float | None:
    return None if number is None else float(number)
