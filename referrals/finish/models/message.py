"""A message to the referrer: taken on, plan agreed, closed."""

import enum
import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base
from app.core.sealing import SealedGroup


class MessageKind(enum.StrEnum):
    """The moments at which a referrer is told."""

    TAKEN_ON = "taken on"
    PLAN_AGREED = "plan agreed"
    CLOSED = "closed"
    NOTE = "note"


@dataclass(frozen=True)
class Letter:
    """Requested actions come first in every message (PRSB); none means "no action needed"."""

    actions: tuple[str, ...] = ()
    summary: str = ""
    tried: tuple[str, ...] = ()
    did_not_work: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()


class Message(Base):
    """`read_at` is when somebody of the referring agency first opened it."""

    __tablename__ = "message"

    referral_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("referral.id"))
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("app_user.id"))
    kind: Mapped[str]
    read_at: Mapped[datetime | None]

    words = SealedGroup("words", Letter)
