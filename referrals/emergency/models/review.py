"""What a privacy officer thinks of an emergency. Said once; nobody judges their own."""

import enum
import uuid
from dataclasses import dataclass

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base
from app.core.sealing import OptionalSealedGroup


class Judgement(enum.StrEnum):
    """Whether opening the record was right."""

    JUSTIFIED = "justified"
    NOT_JUSTIFIED = "not justified"


@dataclass(frozen=True)
class ReviewWords:
    """Why the officer thinks so, and what happens now."""

    words: str = ""


class GlassReview(Base):
    """Without a `person_id` nothing was opened, and there is no key to seal words under."""

    __tablename__ = "glass_review"

    glass_break_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("glass_break.id"))
    person_id: Mapped[uuid.UUID | None]
    agency_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agency.id"))
    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("app_user.id"))
    judgement: Mapped[str]

    words = OptionalSealedGroup("words", ReviewWords)
