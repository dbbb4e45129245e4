"""A referral: one person, sent by one agency to a link-worker team."""

import enum
import secrets
import uuid
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Base
from app.core.sealing import OptionalSealedGroup, SealedGroup
from referrals.record.models.person import Person
from referrals.record.models.status import HasStatus

# Crockford's alphabet without vowels: read aloud without doubt, spells nothing.
REFERENCE_LETTERS = "23456789BCDFGHJKMNPQRSTVWXYZ"


class Urgency(enum.StrEnum):
    """How soon the first contact should be."""

    ROUTINE = "routine"
    SOON = "soon"
    URGENT = "urgent"


class Agreement(enum.StrEnum):
    """Whether the person agreed to being referred and to what is shared."""

    AGREED = "agreed"
    NOT_SOUGHT = "not sought"


class Step(enum.StrEnum):
    """What is to be done next with a referral."""

    SEND = "send"
    TRIAGE = "triage"
    ALLOCATE = "allocate"
    FIRST_CONTACT = "first contact"
    FOLLOW_UP = "follow up"
    MAKE_PLAN = "make a plan"
    ACTION = "do an action"
    CHECK_ACTION = "check an action"
    REVIEW_RISK = "review a risk"
    AWAIT_ANSWER = "await answer"
    CHASE_ANSWER = "chase answer"
    READ_ANSWER = "read answer"
    REVIEW_HOLD = "review hold"
    REVIEW_WAITING = "review a waiting list"
    REVIEW = "review"
    FINISH = "finish"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Narrative:
    """Why they are referred. `own_words` are the person's, kept apart from the referrer's.

    From `what_matters` on it is PRSB's "About me", written by the team with the person.
    """

    reason: str = ""
    own_words: str = ""
    reply_to: str = ""
    agreement_words: str = ""
    what_matters: str = ""
    important_people: str = ""
    how_to_communicate: str = ""
    please_do: str = ""
    please_do_not: str = ""
    how_and_when_to_support: str = ""


@dataclass(frozen=True)
class DraftAnswers:
    """What has been filled in so far, page by page, exactly as typed."""

    pages: dict[str, dict[str, Any]] = field(default_factory=dict)


def new_reference() -> str:
    """A reference people can say on the telephone, such as `7K3M-92QX`."""
    letters = [secrets.choice(REFERENCE_LETTERS) for _ in range(8)]
    return "".join(letters[:4]) + "-" + "".join(letters[4:])


class Referral(HasStatus, Base):
    """`standing` is how the actor's agency is related to it, set by the query that read it."""

    __tablename__ = "referral"

    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    from_agency_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agency.id"))
    to_agency_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("agency.id"))
    created_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("app_user.id"))
    reference: Mapped[str] = mapped_column(default=new_reference)
    link_worker_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("app_user.id"))
    urgency: Mapped[str] = mapped_column(default=Urgency.ROUTINE)
    agreement: Mapped[str | None]
    risks_known: Mapped[bool | None]
    previous_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("referral.id"))
    requested_at: Mapped[datetime | None]
    first_contact_due: Mapped[date | None]
    next_step: Mapped[str] = mapped_column(default=Step.SEND)
    next_due_on: Mapped[date | None]
    waiting_on_others: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column()

    person: Mapped[Person] = relationship(lazy="raise")

    narrative = SealedGroup("narrative", Narrative)
    draft = OptionalSealedGroup("draft", DraftAnswers)
    standing: ClassVar[frozenset[str]] = frozenset()

    __mapper_args__ = {"version_id_col": version}

    def plan_next(self, step: Step, due: date | None, *, waiting_on_others: bool = False) -> None:
        """Say what is to be done next, by when, and whether others have the ball."""
        self.next_step, self.next_due_on = step, due
        self.waiting_on_others = waiting_on_others
