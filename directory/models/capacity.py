"""Capacity: whether a service has room, and the words people read for it."""

import enum
from dataclasses import dataclass


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

    @property
    def words(self) -> str:
        """What people read: "4 places", "Waiting list, about 3 weeks"."""
        match self.state:
            case None:
                return "Ask about places"
            case CapacityState.PLACES if self.places:
                return "1 place" if self.places == 1 else f"{self.places} places"
            case CapacityState.WAITING_LIST if self.waiting_weeks:
                return f"Waiting list, about {_weeks(self.waiting_weeks)}"
            case state:
                return LABELS[state]

    @property
    def takes_people(self) -> bool:
        """Whether somebody sent today could be let in or put on a list."""
        return self.state in {None, CapacityState.PLACES, CapacityState.WAITING_LIST}


def _weeks(count: int) -> str:
    return "1 week" if count == 1 else f"{count} weeks"
