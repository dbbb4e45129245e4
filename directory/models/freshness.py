"""Freshness: how sure we are that a listing is right, from what was last seen of it, in words."""

import enum
from dataclasses import dataclass
from datetime import date, datetime

from app.core import clock

STALE_AFTER_DAYS = 183
FADES_AFTER_DAYS = 92


class LifeSign(enum.StrEnum):
    """What was seen of a service, by itself or by others."""

    ACCEPTED = "accepted"
    CONFIRMED = "confirmed"
    ANSWERED = "answered"
    PHONED = "phoned"
    FEED = "feed"
    BOUNCED = "bounced"
    CLOSED = "closed"
    REPORTED = "reported"
    GONE = "gone"


EVIDENCE = {
    LifeSign.ACCEPTED: "accepted a referral",
    LifeSign.ANSWERED: "answered our e-mail",
    LifeSign.PHONED: "we spoke by telephone",
    LifeSign.FEED: "its own data was updated",
}
DOUBTS = {
    LifeSign.BOUNCED: "e-mail to it came back",
    LifeSign.CLOSED: "somebody says it has closed",
    LifeSign.REPORTED: "a reader says something is wrong",
    LifeSign.GONE: "no longer in the source it came from",
}


class Confidence(enum.StrEnum):
    """How far a listing can be relied on."""

    SURE = "sure"
    FADING = "fading"
    STALE = "stale"
    DOUBTED = "doubted"


@dataclass(frozen=True)
class Freshness:
    """When a listing was last confirmed (None: never), by what, and what speaks against it."""

    confirmed_at: datetime | None
    evidence: str = ""
    doubt: str = ""
    doubted_at: datetime | None = None

    def days(self, today: date | None = None) -> int | None:
        """Whole days since the confirmation, on the calendar people use."""
        if self.confirmed_at is None:
            return None
        return ((today or clock.today()) - clock.local(self.confirmed_at).date()).days

    def words(self, today: date | None = None) -> str:
        """What people read: "Confirmed 6 days ago – accepted a referral"."""
        if self.doubt in DOUBTS:
            return f"Check before you go – {DOUBTS[LifeSign(self.doubt)]}{self._since}"
        days = self.days(today)
        if days is None:
            return "Not confirmed yet"
        if days > STALE_AFTER_DAYS:
            return f"Not confirmed for {days // 30} months: check before you go"
        said = EVIDENCE.get(LifeSign(self.evidence)) if self.evidence else None
        return f"Confirmed {ago(max(days, 0))}" + (f" – {said}" if said else "")

    def confidence(self, today: date | None = None) -> Confidence:
        """It decays with the days, and is low at once when something speaks against it."""
        if self.doubt in DOUBTS:
            return Confidence.DOUBTED
        days = self.days(today)
        if days is None or days > STALE_AFTER_DAYS:
            return Confidence.STALE
        return Confidence.FADING if days > FADES_AFTER_DAYS else Confidence.SURE

    @property
    def _since(self) -> str:
        """Since when it has been missing; other doubts are of one moment."""
        if self.doubt != LifeSign.GONE or self.doubted_at is None:
            return ""
        day = clock.local(self.doubted_at)
        return f" since {day.day} {day:%B %Y}"

    def is_stale(self, today: date | None = None) -> bool:
        """Whether the listing should not be relied on."""
        return self.confidence(today) in {Confidence.STALE, Confidence.DOUBTED}


def ago(days: int) -> str:
    """A number of days as people say it."""
    if days < 2:
        return ("today", "yesterday")[days]
    if days < 14:
        return f"{days} days ago"
    if days < 61:
        return f"{days // 7} weeks ago"
    return f"{days // 30} months ago"
