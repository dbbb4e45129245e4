"""A need: something that is to get better, and how it ended."""

import enum
import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.db import Base
from app.core.errors import Conflict
from app.core.sealing import SealedGroup


class NeedStatus(enum.StrEnum):
    """Open, or how it ended."""

    OPEN = "open"
    MET = "met"
    PARTLY_MET = "partly met"
    NOT_MET = "not met"
    NO_SUITABLE_SERVICE = "no suitable service"
    PERSON_WITHDREW = "person withdrew"


@dataclass(frozen=True)
class NeedWords:
    """The need in the person's or the referrer's words, and how it ended."""

    words: str = ""
    ending: str = ""


class Need(Base):
    """`term_id` is a term of the directory's taxonomy of needs."""

    __tablename__ = "need"

    referral_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("referral.id"))
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    term_id: Mapped[uuid.UUID]
    status: Mapped[str] = mapped_column(default=NeedStatus.OPEN)
    ended_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    words = SealedGroup("words", NeedWords)

    __mapper_args__ = {"version_id_col": version}

    def end(self, status: NeedStatus) -> None:
        """Say how it ended. Raises Conflict when it has ended already."""
        if self.status != NeedStatus.OPEN:
            raise Conflict("This need has already ended")
        self.status, self.ended_at = status, clock.now()
