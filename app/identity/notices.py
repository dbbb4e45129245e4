"""Tell an agency, by e-mail, that somebody asks to be let in. The message names nobody."""

import uuid

import procrastinate

from app.core import jobs, mail
from app.core.db import NOBODY, session, transaction
from app.identity.models.agency import Agency
from config.settings import Settings

SUBJECT = "Somebody asks to be let in"
TEXT = """Somebody who signed in says they work for {agency}. Sign in to decide:

{url}/people

This message names nobody, on purpose. Please do not reply to it.
"""


def somebody_waits(agency: Agency) -> None:
    """Notify the agency's address, once the present transaction has been kept."""
    number = mail.new_number()
    jobs.defer(send_waiting_notice, agency_id=str(agency.id), number=number)


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
        text = TEXT.format(agency=agency.name, url=settings.public_url)
        subject = f"{SUBJECT} – {settings.service_name}"
        letter = mail.Letter(agency.notice_email, subject, text, number, context.job.attempts)
        mail.send(settings, letter)
