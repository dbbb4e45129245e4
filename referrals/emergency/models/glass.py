"""One attempt to open a record in an emergency, whether or not it opened anything."""

import enum
import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.db import Base
from app.core.sealing import OptionalSealedGroup


class Why(enum.StrEnum):
    """Why the record is needed at once."""

    LIFE_AT_RISK = "life at risk"
    CHILD_AT_RISK = "child at risk"
    ADULT_AT_RISK = "adult at risk"
    ASKED_BY_EMERGENCY_SERVICES = "asked by emergency services"
    PERSON_IS_HERE = "person is here"
    OTHER = "other"


@dataclass(frozen=True)
class GlassWords:
    """What has happened, in the words of whoever opened the record."""

    words: str = ""


class GlassBreak(Base):
    """Rows are written by the database's own function (migration: break glass), words by us.

    Without a `person_id` nothing was opened, and nothing is known of who was looked for.
    """

    __tablename__ = "glass_break"

    reference: Mapped[str]
    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("app_user.id"))
    agency_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agency.id"))
    reason_code: Mapped[str]
    referral_id: Mapped[uuid.UUID | None]
    person_id: Mapped[uuid.UUID | None]
    referral_reference: Mapped[str | None]
    until: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]

    words = OptionalSealedGroup("words", GlassWords)

    @property
    def is_over(self) -> bool:
        """Whether the record has closed again, or was never opened."""
        return self.until is None or self.ended_at is not None or self.until <= clock.now()

    @property
    def closed_at(self) -> datetime | None:
        """When it closed, or closes."""
        return self.ended_at or self.until
