"""Telling who claimed or proposed something that the curator has decided. It names nobody."""

import uuid

from app.core import jobs, mail
from app.core.db import NOBODY, session, transaction
from app.identity.models.agency import Agency
from app.identity.models.user import User
from config.settings import Settings
from directory.queries import service as services

CHANGE = "The council has decided on a change to the directory"
CLAIM = "The council has decided on who keeps an entry in the directory"
TEXT = """{what}. See what became of it:

{url}

This message names nobody, on purpose. Please do not reply to it.
"""


def change_decided(
    service_id: uuid.UUID, user_id: uuid.UUID | None, agency_id: uuid.UUID | None
) -> None:
    """Tell its editor once this is kept: by their own address, or by the one that is published."""
    told = {"user_id": str(user_id), "agency_id": str(agency_id)} if user_id else {}
    path = f"/directory/mine/{service_id}" if user_id else f"/directory/{service_id}"
    _defer(CHANGE, path, **told or {"service_id": str(service_id)})


def claim_decided(organisation_id: uuid.UUID, user_id: uuid.UUID, agency_id: uuid.UUID) -> None:
    """Tell who asked, once this is kept."""
    path = f"/directory/organisations/{organisation_id}/claim"
    _defer(CLAIM, path, user_id=str(user_id), agency_id=str(agency_id))


def _defer(what: str, path: str, **whom: str) -> None:
    jobs.defer(send_decision, what=what, path=path, number=mail.new_number(), **whom)


@jobs.queue.task(name="send_decision", queue="mail", retry=jobs.UntilItWorks())
def send_decision(
    *,
    what: str,
    path: str,
    number: str,
    user_id: str = "",
    agency_id: str = "",
    service_id: str = "",
) -> None:
    """Send it; who has no address reads it on the page when they come by."""
    settings = Settings.load()
    with transaction(NOBODY):
        address = _published(service_id) if service_id else _own(user_id, agency_id)
    if address:
        text = TEXT.format(what=what, url=f"{settings.public_url}{path}")
        subject = f"{what} – {settings.service_name}"
        mail.send(settings, mail.Letter(address, subject, text, number))


def _own(user_id: str, agency_id: str) -> str:
    user, agency = session.get(User, uuid.UUID(user_id)), session.get(Agency, uuid.UUID(agency_id))
    return (user and user.email) or (agency and agency.notice_email) or ""


def _published(service_id: str) -> str:
    service = services.get(uuid.UUID(service_id))
    return service.email or service.organisation.email
