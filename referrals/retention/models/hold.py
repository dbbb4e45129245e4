"""A legal hold: records that must not be erased, whatever their age, until it is lifted."""

import enum
import uuid
from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base


class HoldReason(enum.StrEnum):
    """Why records must stay."""

    COURT = "court"
    COMPLAINT = "complaint"
    INQUIRY = "inquiry"
    SUBJECT_ACCESS = "subject access"
    SAFEGUARDING = "safeguarding"
    OTHER = "other"


class LegalHold(Base):
    """Placed by a privacy officer; lifted, with a reason, by one of the same agency."""

    __tablename__ = "legal_hold"

    person_id: Mapped[uuid.UUID]
    agency_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agency.id"))
    placed_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("app_user.id"))
    reason: Mapped[str]
    case_number: Mapped[str] = mapped_column(default="")
    lifted_at: Mapped[datetime | None]
    lifted_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("app_user.id"))
    lifted_because: Mapped[str | None]
