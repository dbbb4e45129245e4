"""Capacity: whether a service has room, and the words people read for it."""

import enum
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.core import clock
from app.ui.words import short_date


class CapacityState(enum.StrEnum):
    """The state of places, as a coordinator taps it."""

    PLACES = "places"
    WAITING_LIST = "waiting list"
    FULL = "full"
    PAUSED = "paused"


LABELS = {
    CapacityState.PLACES: "Places available",
    CapacityState.WAITING_LIST: "Waiting list",
    CapacityState.FULL: "Full, not taking names",
    CapacityState.PAUSED: "Paused, not taking anybody",
}


@dataclass(frozen=True)
class Capacity:
    """Room at one moment. No state at all means that nobody has said."""

    state: CapacityState | None = None
    places: int | None = None
    waiting_weeks: int | None = None
    paused_until: date | None = None

    @classmethod
    def stored(cls, row: Any) -> "Capacity":
        """The value of a stored service, or of a row with these columns of it."""
        state = CapacityState(row.capacity_state) if row.capacity_state else None
        return cls(state, row.capacity_places, row.capacity_weeks, row.paused_until)

    @property
    def now(self) -> CapacityState | None:
        """The state today: a pause that is over leaves it to be asked."""
        over = self.paused_until is not None and self.paused_until <= clock.today()
        return None if self.state is CapacityState.PAUSED and over else self.state

    @property
    def words(self) -> str:
        """What people read: "4 places", "Waiting list, about 3 weeks"."""
        match self.now:
            case None:
                return "Ask about places"
            case CapacityState.PLACES if self.places:
                return "1 place" if self.places == 1 else f"{self.places} places"
            case CapacityState.WAITING_LIST if self.waiting_weeks:
                return f"Waiting list, about {_weeks(self.waiting_weeks)}"
            case CapacityState.PAUSED if self.paused_until:
                return f"Paused until {short_date(self.paused_until)}"
            case state:
                return LABELS[state]

    @property
    def takes_people(self) -> bool:
        """Whether somebody sent today could be let in or put on a list."""
        return self.now in {None, CapacityState.PLACES, CapacityState.WAITING_LIST}


def _weeks(count: int) -> str:
    return "1 week" if count == 1 else f"{count} weeks"
