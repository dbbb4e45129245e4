"""A safeguarding note (PRSB "Safeguarding"): the concern, its dates, a comment, its readers."""

import uuid
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ARRAY, ForeignKey, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base
from app.core.sealing import SealedGroup


@dataclass(frozen=True)
class SafeguardingWords:
    """What the concern is; what was done about it, whom it was reported to."""

    concern: str
    comment: str = ""


class SafeguardingNote(Base):
    """Written once: a later one that `corrects_id` names it stands in its place.

    `readers` are the users who may see that it exists; `user_id` wrote it.
    """

    __tablename__ = "safeguarding_note"

    referral_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("referral.id"))
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    agency_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agency.id"))
    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("app_user.id"))
    readers: Mapped[list[uuid.UUID]] = mapped_column(ARRAY(Uuid))
    hidden_from_person: Mapped[bool]
    noticed_on: Mapped[date]
    ended_on: Mapped[date | None]
    corrects_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("safeguarding_note.id"))
    stands: Mapped[bool] = mapped_column(default=True)
    version: Mapped[int] = mapped_column()

    words = SealedGroup("safeguarding", SafeguardingWords)

    __mapper_args__ = {"version_id_col": version}
