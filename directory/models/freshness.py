"""Freshness: how long ago somebody said that a listing is right, in words."""

from dataclasses import dataclass
from datetime import date, datetime

from app.core import clock

STALE_AFTER_DAYS = 183


@dataclass(frozen=True)
class Freshness:
    """When a listing was last confirmed; None means never."""

    confirmed_at: datetime | None

    def days(self, today: date | None = None) -> int | None:
        """Whole days since the confirmation, on the calendar people use."""
        if self.confirmed_at is None:
            return None
        return ((today or clock.today()) - clock.local(self.confirmed_at).date()).days

    def words(self, today: date | None = None) -> str:
        """What people read: "Confirmed 6 days ago"."""
        days = self.days(today)
        if days is None:
            return "Not confirmed yet"
        if days > STALE_AFTER_DAYS:
            return f"Not confirmed for {days // 30} months: check before you go"
        return f"Confirmed {ago(max(days, 0))}"

    def is_stale(self, today: date | None = None) -> bool:
        """Whether it is so long ago that the listing should not be relied on."""
        days = self.days(today)
        return days is None or days > STALE_AFTER_DAYS


def ago(days: int) -> str:
    """A number of days as people say it."""
    if days < 2:
        return ("today", "yesterday")[days]
    if days < 14:
        return f"{days} days ago"
    if days < 61:
        return f"{days // 7} weeks ago"
    return f"{days // 30} months ago"
