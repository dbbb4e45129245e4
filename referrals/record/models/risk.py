"""A risk to the person or to others, with dates and a review (PRSB: mandatory)."""

import enum
import uuid
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base
from app.core.sealing import SealedGroup


class RiskTo(enum.StrEnum):
    """Whom a risk is to."""

    SELF = "self"
    OTHERS = "others"
    VISITORS = "visitors"


@dataclass(frozen=True)
class RiskWords:
    """What the risk is, and what to do about it."""

    words: str


class Risk(Base):
    """ "No known risks" is `Referral.risks_known` being False, not an absence of rows."""

    __tablename__ = "risk"

    referral_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("referral.id"))
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    risk_to: Mapped[str]
    starts_on: Mapped[date]
    ended_on: Mapped[date | None]
    review_on: Mapped[date]
    version: Mapped[int] = mapped_column()

    safeguarding = SealedGroup("safeguarding", RiskWords)

    __mapper_args__ = {"version_id_col": version}
