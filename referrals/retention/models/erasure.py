"""The erasure of one person: proposed by one privacy officer, done by another; then its stub."""

import enum
import uuid
from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base


class State(enum.StrEnum):
    """How far it has come."""

    PROPOSED = "proposed"
    WITHDRAWN = "withdrawn"
    DONE = "done"


class Erasure(Base):
    """`done` and what follows from it is written by the database's own function.

    `backups_until`: the last day on which there is a backup from before; `root_key` names the
    key without which such a backup cannot be read.
    """

    __tablename__ = "erasure"

    person_id: Mapped[uuid.UUID]
    agency_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agency.id"))
    proposed_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("app_user.id"))
    rule: Mapped[str]
    due_on: Mapped[date]
    refs: Mapped[list[str]]
    status: Mapped[str] = mapped_column(default=State.PROPOSED)
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("app_user.id"))
    root_key: Mapped[str | None]
    backups_until: Mapped[date | None]
    emptied: Mapped[int | None]
    told: Mapped[int | None]
