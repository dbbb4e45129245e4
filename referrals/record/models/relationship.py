"""A legitimate relationship: why an agency may see a referral, and until when.

Read only. Rows are written by the database's own functions (migration 0005).
"""

import enum
import uuid
from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base


class Standing(enum.StrEnum):
    """How an agency is related to a referral."""

    SOURCE = "source"
    HOLDER = "holder"
    ONWARD = "onward"
    BREAK_GLASS = "break-glass"


class Relationship(Base):
    """Lists start here: the last six columns are copies, kept true by triggers."""

    __tablename__ = "relationship"

    agency_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agency.id"))
    referral_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("referral.id"))
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    onward_referral_id: Mapped[uuid.UUID | None]
    role: Mapped[str]
    granted_by: Mapped[uuid.UUID | None]
    until: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    status: Mapped[str | None]
    link_worker_id: Mapped[uuid.UUID | None]
    waiting_on_others: Mapped[bool]
    next_due_on: Mapped[date | None]
    sent_at: Mapped[datetime | None]
    is_open: Mapped[bool]
