"""Tell somebody, by e-mail, that something waits for them. A notice names nobody."""

import enum
import uuid

from app.core import jobs
from app.identity import notices


class Notice(enum.StrEnum):
    """What is waiting."""

    REFERRAL_WAITING = "A referral is waiting"
    REFERRAL_ALLOCATED = "A referral has been allocated to you"
    ANSWER_ARRIVED = "A service has answered"
    ANSWER_LATE = "An answer to an onward referral is awaited"
    REPLY_ARRIVED = "There is a reply to your question about a referral"
    NEWS_OF_REFERRAL = "There is news of a referral you sent"
    WITHDRAWN = "A referral has been withdrawn"
    GLASS_BROKEN = "A record was opened in an emergency"
    UNUSUAL_ACCESS = "There is unusual access to look into"
    NOTE_TO_READ = "There is a note for you to read"
    ERASURE_WAITING = "An erasure waits for another privacy officer"
    ERASURE_DONE = "The erasure you proposed was approved"
    ERASURE_WITHDRAWN = "The erasure you proposed was withdrawn"
    CHECK_FAILED = "A stored record failed its nightly check"


def tell_agency(agency_id: uuid.UUID, notice: Notice) -> None:
    """Notify the agency's address, once the present transaction has been kept."""
    _tell("agency", agency_id, notice)


def tell_user(user_id: uuid.UUID, notice: Notice, about: str = "") -> None:
    """Notify one user, once the present transaction has been kept; `about` is a reference."""
    _tell("user", user_id, notice, about)


def _tell(kind: str, whom: uuid.UUID, notice: Notice, about: str = "") -> None:
    what = f"{notice} (reference {about})" if about else notice.value
    notices.tell(jobs.raw(), kind, whom, what)
