"""Whether a service has room now."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Self

from app.core import clock
from directory.actions.topics.topic import Topic
from directory.models.capacity import CapacityState
from directory.models.service import Service


@dataclass(frozen=True)
class State(Topic):
    """`state` is a value of CapacityState or None; `paused_until` is a date in ISO's words."""

    slug: ClassVar[str] = "state"
    title: ClassVar[str] = "Room"

    state: str | None
    places: int | None = None
    waiting_weeks: int | None = None
    paused_until: str | None = None

    @classmethod
    def of(cls, service: Service) -> Self:
        """What the listing says now."""
        until = service.paused_until
        return cls(
            service.capacity_state,
            service.capacity_places,
            service.capacity_weeks,
            until.isoformat() if until else None,
        )

    def put(self, service: Service) -> None:
        """Make the listing say this; a number that its state has no use for is dropped."""
        has_places = self.state == CapacityState.PLACES
        has_list = self.state == CapacityState.WAITING_LIST
        service.capacity_state = self.state
        service.capacity_places = self.places if has_places else None
        service.capacity_weeks = self.waiting_weeks if has_list else None
        until = self.paused_until if self.state == CapacityState.PAUSED else None
        service.paused_until = date.fromisoformat(until) if until else None
        service.capacity_updated_at = clock.now()
