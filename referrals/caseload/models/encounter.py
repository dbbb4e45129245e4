"""An encounter: one contact with the person, or an attempt at one."""

import enum
import uuid
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base
from app.core.sealing import SealedGroup


class Kind(enum.StrEnum):
    """How it happened."""

    FACE_TO_FACE = "face to face"
    TELEPHONE = "telephone"
    VIDEO = "video"
    MESSAGE = "text or e-mail"
    GROUP = "group"


class Place(enum.StrEnum):
    """Where it happened."""

    SURGERY = "surgery"
    HOME = "home"
    COMMUNITY = "community place"
    OFFICE = "our office"
    REMOTE = "not in person"


class Outcome(enum.StrEnum):
    """What came of it."""

    SPOKE = "spoke with the person"
    NO_ANSWER = "no answer"
    LEFT_MESSAGE = "left a message"
    DID_NOT_ATTEND = "did not attend"
    CANCELLED = "cancelled"


class Present(enum.StrEnum):
    """Who else was there: kinds of people, never names."""

    FAMILY = "family"
    CARER = "carer"
    INTERPRETER = "interpreter"
    ADVOCATE = "advocate"
    PROFESSIONAL = "another professional"


IN_PERSON = {Kind.FACE_TO_FACE, Kind.GROUP}
REACHED = {Outcome.SPOKE}


@dataclass(frozen=True)
class Note:
    """What was said and agreed."""

    words: str = ""


class Encounter(Base):
    """Written once: a later one that `corrects_id` names it may stand in its place.

    `present` are kinds of people (`carer`, `interpreter` …), never names.
    """

    __tablename__ = "encounter"

    referral_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("referral.id"))
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("app_user.id"))
    held_on: Mapped[date]
    kind: Mapped[str]
    place: Mapped[str]
    present: Mapped[list[str]] = mapped_column(default=list)
    outcome: Mapped[str]
    minutes: Mapped[int | None]
    follow_up_on: Mapped[date | None]
    corrects_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("encounter.id"))
    stands: Mapped[bool] = mapped_column(default=True)

    note = SealedGroup("note", Note)
