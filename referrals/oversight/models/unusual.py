"""A line on the nightly list of unusual access. It names nobody, and what it says is sealed.

That a user opened the record of somebody with their own surname tells a reader of the database
that surname; so of a record only that something is unusual stands in the clear.
"""

import enum
import uuid
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base
from app.core.errors import ErasedRecord
from app.core.sealing import OptionalSealedGroup


class Kind(enum.StrEnum):
    """What is unusual, the most telling first."""

    OWN_RECORD = "own record"
    COLLEAGUE = "colleague"
    SAME_ADDRESS = "same address"
    SAME_SURNAME = "same surname"
    MANY_PEOPLE = "many people"


ONE_RECORD = "one record"


@dataclass(frozen=True)
class Sign:
    """What is unusual about a record having been opened."""

    kind: Kind


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


# What can be said with each.
FITTING = {
    Verdict.EXPLAINED: frozenset(Because) - {Because.BEING_LOOKED_INTO},
    Verdict.CONCERNING: frozenset({Because.ASKED_AND_ANSWERED, Because.BEING_LOOKED_INTO}),
}


@dataclass(frozen=True)
class VerdictWords:
    """What the officer found out; `because` is a code, or empty."""

    words: str = ""
    because: str = ""


class UnusualAccess(Base):
    """`people` and `usual` are for MANY_PEOPLE, which concerns no one record.

    `kind` is MANY_PEOPLE or ONE_RECORD; lines of earlier releases say more there.
    """

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

    sign = OptionalSealedGroup("sign", Sign)
    words = OptionalSealedGroup("words", VerdictWords)

    __mapper_args__ = {"version_id_col": version}

    @property
    def what(self) -> Kind:
        """What is unusual. Raises DamagedRecord when it does not open, or was erased."""
        if self.sign is None and self.kind == ONE_RECORD:
            raise ErasedRecord
        return self.sign.kind if self.sign else Kind(self.kind)

    @property
    def because(self) -> str:
        """Why, or what happens now. Raises DamagedRecord when it does not open."""
        return (self.words.because if self.words else "") or self.reason_code or ""
