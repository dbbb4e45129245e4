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
    GLASS_BROKEN = "A record was opened in an emergency"
    UNUSUAL_ACCESS = "There is unusual access to look into"
    CHECK_FAILED = "A stored record failed its nightly check"


TEXT = """{notice}. Sign in to see it:

{url}

This message names nobody, on purpose. Please do not reply to it.
"""


def tell_agency(agency_id: uuid.UUID, notice: Notice) -> None:
    """Notify the agency's address, once the present transaction has been kept."""
    _defer("agency", agency_id, notice)


def tell_user(user_id: uuid.UUID, notice: Notice, about: str = "") -> None:
    """Notify one user, once the present transaction has been kept; `about` is a reference."""
    _defer("user", user_id, notice, about)


def _defer(kind: str, whom: uuid.UUID, notice: Notice, about: str = "") -> None:
    what = f"{notice} (reference {about})" if about else notice.value
    told = {"kind": kind, "reference": str(whom), "notice": what}
    jobs.defer(send_notice, **told, number=mail.new_number())


@jobs.queue.task(name="send_notice", queue="mail", retry=jobs.UntilItWorks(), pass_context=True)
def send_notice(
    context: procrastinate.JobContext, kind: str, reference: str, notice: str, number: str = ""
) -> None:
    """Send one notice; an agency or user without an address gets none."""
    settings = Settings.load()
    with transaction(NOBODY):
        address = _address(kind, uuid.UUID(reference))
    if address:
        text = TEXT.format(notice=notice, url=settings.public_url)
        subject = f"{notice} – {settings.service_name}"
        mail.send(settings, mail.Letter(address, subject, text, number, context.job.attempts))


def _address(kind: str, reference: uuid.UUID) -> str | None:
    models: dict[str, Any] = {"agency": Agency, "user": User}
    found = session.get(models[kind], reference)
    return getattr(found, "notice_email", None) or getattr(found, "email", None)
