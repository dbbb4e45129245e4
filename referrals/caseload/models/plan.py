"""The plan: goals under needs, actions under goals (PRSB care and support plan)."""

import enum
import uuid
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base
from app.core.sealing import SealedGroup


class ActionStatus(enum.StrEnum):
    """Whether an action was done."""

    TO_DO = "to do"
    DONE = "done"
    NOT_DONE = "not done"


class Who(enum.StrEnum):
    """Who is to do it."""

    PERSON = "the person"
    LINK_WORKER = "the community referrer"
    SOMEBODY_ELSE = "somebody else"


@dataclass(frozen=True)
class PlanWords:
    """The goal or the action, in the person's words where possible."""

    words: str


class Goal(Base):
    """What the person wants. `importance` is theirs, 1 to 10 (PRSB)."""

    __tablename__ = "goal"

    referral_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("referral.id"))
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    need_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("need.id"))
    importance: Mapped[int]
    ended_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    words = SealedGroup("words", PlanWords)

    __mapper_args__ = {"version_id_col": version}


class PlanAction(Base):
    """A step towards a goal. `confidence` is the person's, 1 to 10 (PRSB)."""

    __tablename__ = "plan_action"

    referral_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("referral.id"))
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    goal_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("goal.id"))
    who: Mapped[str]
    due_on: Mapped[date | None]
    confidence: Mapped[int | None]
    status: Mapped[str] = mapped_column(default=ActionStatus.TO_DO)
    version: Mapped[int] = mapped_column()

    words = SealedGroup("words", PlanWords)

    __mapper_args__ = {"version_id_col": version}
