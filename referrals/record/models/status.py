"""The states of a referral and of an onward referral, and which may follow which.

FHIR Task statuses, as the US Gravity guide for social care uses them.
"""

import enum
from datetime import date, datetime

from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.errors import Conflict, Invalid


class Status(enum.StrEnum):
    """Where a referral stands."""

    DRAFT = "draft"
    REQUESTED = "requested"
    ACCEPTED = "accepted"
    IN_PROGRESS = "in-progress"
    ON_HOLD = "on-hold"
    REJECTED = "rejected"
    CANCELLED = "cancelled"
    FAILED = "failed"
    COMPLETED = "completed"
    ENTERED_IN_ERROR = "entered-in-error"


class Reason(enum.StrEnum):
    """Why a referral was declined, paused, withdrawn or ended without help."""

    NOT_ELIGIBLE = "not eligible"
    FULL = "full"
    OUT_OF_AREA = "out of area"
    RISK_NOT_SUITABLE = "risk not suitable"
    CANNOT_CONTACT = "cannot contact"
    PERSON_DECLINED = "person declined"
    DUPLICATE = "duplicate"
    SERVICE_CLOSED = "service closed"
    OTHER = "other"


OPEN = {
    Status.DRAFT,
    Status.REQUESTED,
    Status.ACCEPTED,
    Status.IN_PROGRESS,
    Status.ON_HOLD,
}
NEEDS_REASON = {Status.REJECTED, Status.CANCELLED, Status.ON_HOLD, Status.FAILED}
NEXT = {
    Status.DRAFT: {Status.REQUESTED, Status.CANCELLED},
    Status.REQUESTED: {Status.ACCEPTED, Status.REJECTED, Status.CANCELLED, Status.ON_HOLD},
    Status.ACCEPTED: {Status.IN_PROGRESS, Status.CANCELLED, Status.ON_HOLD},
    Status.IN_PROGRESS: {Status.COMPLETED, Status.FAILED, Status.CANCELLED, Status.ON_HOLD},
    Status.ON_HOLD: {Status.CANCELLED},  # and back to what it was: see `resume`
}


class HasStatus:
    """Columns and verbs shared by referral and onward referral. Change `status` only here."""

    status: Mapped[str] = mapped_column(default=Status.DRAFT)
    status_before_hold: Mapped[str | None]
    on_hold_until: Mapped[date | None]
    reason_code: Mapped[str | None]
    closed_at: Mapped[datetime | None]

    @property
    def is_open(self) -> bool:
        """Whether the journey is still going on."""
        return self.status in OPEN

    def move(self, to: Status, reason: Reason | None = None) -> None:
        """Take the referral to another state.

        Raises:
            Conflict: that state cannot follow the present one.
            Invalid: this state needs a reason and none was given.
        """
        if to not in NEXT.get(Status(self.status), set()):
            raise Conflict(f"A referral that is {self.status} cannot become {to}")
        if to in NEEDS_REASON and reason is None:
            raise Invalid(f"Say why the referral becomes {to}")
        if to is Status.ON_HOLD:
            self.status_before_hold = self.status
        self.status = to
        self.reason_code = reason
        self.on_hold_until = None
        self.closed_at = None if to in OPEN else clock.now()

    def hold(self, until: date | None, reason: Reason) -> None:
        """Pause, or put on the waiting list, until a date (None: until somebody resumes it)."""
        self.move(Status.ON_HOLD, reason)
        self.on_hold_until = until

    def resume(self) -> None:
        """Go back to the state before the pause. Raises Conflict unless on hold."""
        if self.status != Status.ON_HOLD or self.status_before_hold is None:
            raise Conflict("Only a referral on hold can be resumed")
        self.status = self.status_before_hold
        self.status_before_hold = self.on_hold_until = self.reason_code = None
