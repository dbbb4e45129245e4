"""Tell an agency or one of its people something, by e-mail. The message names nobody.

The job carries references only; the address is looked up when the mail is sent.
"""

import uuid
from typing import Any

import procrastinate

from app.core import jobs, mail
from app.core.db import NOBODY, session, transaction
from app.identity.actor import Role
from app.identity.models.agency import Agency
from app.identity.models.user import User
from config.settings import Settings

APPOINTED = "An operator of the platform has appointed an administrator of your agency"
OWN_ROLES = "An administrator of your agency has taken on a role"
WATCHERS = (
    "select user_id from membership where agency_id = %s and ended_at is null and user_id <> %s"
    " and roles && %s"
)
SUBJECT = "Somebody asks to be let in"
WAITING = """Somebody who signed in says they work for {agency}. Sign in to decide:

{url}/people

This message names nobody, on purpose. Please do not reply to it.
"""
TEXT = """{notice}. Sign in to see it:

{url}

This message names nobody, on purpose. Please do not reply to it.
"""


def somebody_waits(agency: Agency) -> None:
    """Notify the agency's address, once the present transaction has been kept."""
    number = mail.new_number()
    jobs.defer(send_waiting_notice, agency_id=str(agency.id), number=number)


def tell(connection: jobs.Raw, kind: str, whom: uuid.UUID, what: str) -> None:
    """Notify an `agency` at its address, or a `user`, once the connection's work is kept."""
    told = {"kind": kind, "reference": str(whom), "notice": what}
    jobs.defer_on(connection, send_notice, **told, number=mail.new_number())


def tell_watchers(
    connection: jobs.Raw, agency_id: uuid.UUID, what: str, besides: uuid.UUID
) -> None:
    """Tell the agency's address, its privacy officers and its administrators, save one."""
    roles = [Role.ADMINISTRATOR, Role.PRIVACY_OFFICER]
    watchers = connection.execute(WATCHERS, [agency_id, besides, list(map(str, roles))]).fetchall()
    tell(connection, "agency", agency_id, what)
    for (user_id,) in watchers:
        tell(connection, "user", user_id, what)


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


@jobs.queue.task(
    name="send_waiting_notice", queue="mail", retry=jobs.UntilItWorks(), pass_context=True
)
def send_waiting_notice(
    context: procrastinate.JobContext, agency_id: str, number: str = ""
) -> None:
    """Send it; an agency without an address gets none."""
    settings = Settings.load()
    with transaction(NOBODY):
        agency = session.get(Agency, uuid.UUID(agency_id))
    if agency and agency.notice_email:
        text = WAITING.format(agency=agency.name, url=settings.public_url)
        subject = f"{SUBJECT} – {settings.service_name}"
        letter = mail.Letter(agency.notice_email, subject, text, number, context.job.attempts)
        mail.send(settings, letter)
