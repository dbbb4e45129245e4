"""One step in a referral's history. Written once, never changed; shown to users."""

import uuid
from dataclasses import dataclass

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base
from app.core.sealing import OptionalSealedGroup


@dataclass(frozen=True)
class EventWords:
    """What somebody added in words, such as why it was declined."""

    words: str = ""


class ReferralEvent(Base):
    """`kind` is what happened (`sent`, `accepted`, `allocated` …); `status` the state after it."""

    __tablename__ = "referral_event"

    referral_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("referral.id"))
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("app_user.id"))
    agency_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agency.id"))
    kind: Mapped[str]
    status: Mapped[str]
    reason_code: Mapped[str | None]

    words = OptionalSealedGroup("words", EventWords)
