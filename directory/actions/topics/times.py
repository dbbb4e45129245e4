"""When a service happens."""

from dataclasses import dataclass, field
from datetime import time
from typing import Any, ClassVar, Self

from directory.actions.topics.topic import Topic
from directory.models.schedule import Day, Repeat, Schedule
from directory.models.service import Service
from directory.models.timetable import Session


@dataclass(frozen=True)
class Times(Topic):
    """All of a service's repeating times, in the order they are shown."""

    slug: ClassVar[str] = "times"
    title: ClassVar[str] = "Times"

    sessions: list[Session] = field(default_factory=list)

    @classmethod
    def of(cls, service: Service) -> Self:
        """What the listing says now."""
        return cls([Session.of(row) for row in service.schedules])

    def put(self, service: Service) -> None:
        """Make the listing say this."""
        service.schedules = [
            Schedule(
                **one.rule,
                opens_at=one.opens_at,
                closes_at=one.closes_at,
                note=one.note,
                position=position,
            )
            for position, one in enumerate(self.sessions)
        ]

    def stored(self) -> dict[str, Any]:
        """The form that history keeps."""
        return {"sessions": [_stored(one) for one in self.sessions]}

    def said(self) -> dict[str, str]:
        """What it says as people read it."""
        return {"Times": "; ".join(one.words for one in self.sessions)}

    @classmethod
    def restored(cls, stored: dict[str, Any]) -> Self:
        """The value that history kept."""
        return cls([_restored(one) for one in stored["sessions"]])


def _stored(one: Session) -> dict[str, Any]:
    return {
        "days": list(one.days),
        "repeat": one.repeat,
        "opens_at": one.opens_at.isoformat() if one.opens_at else None,
        "closes_at": one.closes_at.isoformat() if one.closes_at else None,
        "note": one.note,
    }


def _restored(kept: dict[str, Any]) -> Session:
    opens, closes = kept["opens_at"], kept["closes_at"]
    return Session(
        tuple(map(Day, kept["days"])),
        Repeat(kept["repeat"]),
        time.fromisoformat(opens) if opens else None,
        time.fromisoformat(closes) if closes else None,
        kept["note"],
    )
