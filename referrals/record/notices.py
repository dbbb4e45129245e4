"""Tell somebody, by e-mail, that something waits for them. A notice names nobody.

The job carries references only; the address is looked up when the mail is sent.
"""

import enum
import uuid
from typing import Any

import procrastinate

from app.core import jobs, mail
from app.core.db import NOBODY, session, transaction
from app.identity.models.agency import Agency
from app.identity.models.user import User
from config.settings import Settings


class Notice(enum.StrEnum):
    """What is waiting."""

    REFERRAL_WAITING = "A referral is waiting"
    REFERRAL_ALLOCATED = "A referral has been allocated to you"
    ANSWER_ARRIVED = "A service has answered"
    ANSWER_LATE = "An answer to an onward referral is awaited"
    REPLY_ARRIVED = "There is a reply to your question about a referral"
    NEWS_OF_REFERRAL = "There is news of a referral you sent"
    WITHDRAWN = "A referral has been withdrawn"


TEXT = """{notice}. Sign in to see it:

{url}

This message names nobody, on purpose. Please do not reply to it.
"""
RETRY = procrastinate.RetryStrategy(max_attempts=8, exponential_wait=4)


def tell_agency(agency_id: uuid.UUID, notice: Notice) -> None:
    """Notify the agency's address, once the present transaction has been kept."""
    jobs.defer(send_notice, kind="agency", reference=str(agency_id), notice=notice.value)


def tell_user(user_id: uuid.UUID, notice: Notice) -> None:
    """Notify one user, once the present transaction has been kept."""
    jobs.defer(send_notice, kind="user", reference=str(user_id), notice=notice.value)


@jobs.queue.task(name="send_notice", queue="mail", retry=RETRY)
def send_notice(kind: str, reference: str, notice: str) -> None:
    """Send one notice; an agency or user without an address gets none."""
    settings = Settings.load()
    with transaction(NOBODY):
        address = _address(kind, uuid.UUID(reference))
    if address:
        text = TEXT.format(notice=notice, url=settings.public_url)
        subject = f"{notice} – {settings.service_name}"
        mail.send(settings.smtp_url, settings.mail_from, address, subject, text)


def _address(kind: str, reference: uuid.UUID) -> str | None:
    models: dict[str, Any] = {"agency": Agency, "user": User}
    found = session.get(models[kind], reference)
    return getattr(found, "notice_email", None) or getattr(found, "email", None)
