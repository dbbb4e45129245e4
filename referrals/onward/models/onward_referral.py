"""An onward referral: from a community referrer to a service in the directory."""

import enum
import uuid
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base
from app.core.sealing import OptionalSealedGroup
from referrals.record.models.referral import new_reference
from referrals.record.models.status import HasStatus


class Attendance(enum.StrEnum):
    """What happened at the service."""

    BOOKED = "booked"
    ATTENDED = "attended"
    DID_NOT_ATTEND = "did not attend"
    EVENT_CANCELLED = "event cancelled"


@dataclass(frozen=True)
class EventWords:
    """What somebody added in words."""

    words: str = ""


class Company(enum.StrEnum):
    """Who comes along to a first visit; kinds of people, never names."""

    LINK_WORKER = "their community referrer"
    VOLUNTEER = "a volunteer"
    CLOSE = "somebody close to them"


class OnwardReferral(HasStatus, Base):
    """What the receiving agency knows of the person is in the `Disclosure`, nowhere else.

    `next_due_on` is the receiver's clock; `look_on` is when the team looks again, and `news_at`
    when an answer came that the team has not noted yet.
    """

    __tablename__ = "onward_referral"

    referral_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("referral.id"))
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    need_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("need.id"))
    service_id: Mapped[uuid.UUID]
    from_agency_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agency.id"))
    to_agency_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agency.id"))
    created_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("app_user.id"))
    reference: Mapped[str] = mapped_column(default=new_reference)
    attendance: Mapped[str | None]
    appointment_on: Mapped[date | None]
    accompanied_by: Mapped[str | None]
    accompanied_on: Mapped[date | None]
    requested_at: Mapped[datetime]
    answer_due: Mapped[date]
    next_due_on: Mapped[date | None]
    look_on: Mapped[date | None]
    news_at: Mapped[datetime | None]
    escalation: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


class OnwardEvent(Base):
    """One step in an onward referral's history. Written once, never changed."""

    __tablename__ = "onward_event"

    referral_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("referral.id"))
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    onward_referral_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("onward_referral.id"))
    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("app_user.id"))
    agency_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agency.id"))
    kind: Mapped[str]
    status: Mapped[str]
    reason_code: Mapped[str | None]

    words = OptionalSealedGroup("words", EventWords)
