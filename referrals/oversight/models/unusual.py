"""A line on the nightly list of unusual access. It names nobody: ids, and what is unusual."""

import enum
import uuid
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base
from app.core.sealing import OptionalSealedGroup


class Kind(enum.StrEnum):
    """What is unusual, the most telling first."""

    OWN_RECORD = "own record"
    COLLEAGUE = "colleague"
    SAME_ADDRESS = "same address"
    SAME_SURNAME = "same surname"
    MANY_PEOPLE = "many people"


class Verdict(enum.StrEnum):
    """What the officer thinks of it."""

    EXPLAINED = "explained"
    CONCERNING = "concerning"


class Because(enum.StrEnum):
    """Why, or what happens now."""

    PART_OF_THEIR_WORK = "part of their work"
    NOT_THE_SAME_PERSON = "not the same person"
    COVERING = "covering for a colleague"
    SUPERVISION = "supervision or training"
    ASKED_AND_ANSWERED = "asked and answered"
    BEING_LOOKED_INTO = "being looked into"


@dataclass(frozen=True)
class VerdictWords:
    """What the officer found out."""

    words: str = ""


class UnusualAccess(Base):
    """`people` and `usual` are for MANY_PEOPLE, which concerns no one record."""

    __tablename__ = "unusual_access"

    on_day: Mapped[date]
    agency_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agency.id"))
    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("app_user.id"))
    person_id: Mapped[uuid.UUID | None]
    referral_reference: Mapped[str | None]
    kind: Mapped[str]
    people: Mapped[int | None]
    usual: Mapped[int | None]
    judgement: Mapped[str | None]
    reason_code: Mapped[str | None]
    judged_at: Mapped[datetime | None]
    judged_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("app_user.id"))
    version: Mapped[int] = mapped_column()

    words = OptionalSealedGroup("words", VerdictWords)

    __mapper_args__ = {"version_id_col": version}
