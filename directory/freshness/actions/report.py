"""A reader says that something on a listing is wrong; nobody asks who they are."""

import enum
import uuid

from sqlalchemy import func, select

from app.core.db import session
from app.core.errors import Conflict
from directory.models.service import Service

ENOUGH = "Many people have told us of this listing already. We are looking into it."


class Wrong(enum.StrEnum):
    """What can be wrong."""

    CLOSED = "closed"
    TIMES = "times"
    PLACE = "place"
    CONTACT = "contact"
    OTHER = "other"


WRONG_WORDS = {
    Wrong.CLOSED: "It has closed",
    Wrong.TIMES: "The days or times are wrong",
    Wrong.PLACE: "The place is wrong",
    Wrong.CONTACT: "The telephone, e-mail or website does not work",
    Wrong.OTHER: "Something else",
}


def add(report_id: uuid.UUID, service: Service, wrong: Wrong, words: str) -> None:
    """Keep a report, once however often it is sent, and lower the confidence at once.

    Raises:
        Conflict: so many reports of this listing wait already that one more says nothing new.
    """
    kept = select(func.trellis.report_listing(report_id, service.id, str(wrong), words))
    if not session.scalar(kept):
        raise Conflict(ENOUGH)
