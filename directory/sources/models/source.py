"""A source of listings: a feed with an address, or an operator's file."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base

WHEN_ASKED = 0
# Hours from one reading to the next.
OFTEN = {
    WHEN_ASKED: "Only when somebody asks",
    24: "Every day",
    168: "Every week",
    720: "Every 30 days",
}


class DirectorySource(Base):
    """`agency_id` is the council in whose name it is read; none for an operator's file."""

    __tablename__ = "directory_source"

    name: Mapped[str]
    address: Mapped[str | None]
    every_hours: Mapped[int | None]
    agency_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("agency.id"))
    next_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

    @property
    def often_words(self) -> str:
        """How often it is read."""
        if self.address is None:
            return "When the operator loads it"
        return OFTEN.get(self.every_hours or WHEN_ASKED, f"Every {self.every_hours} hours")
