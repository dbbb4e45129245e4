"""Mailing links: when asked for, and by itself at 3, 6 and 9 months without a sign of life."""

import smtplib
import uuid
from collections import defaultdict

from sqlalchemy import func, select

from app.core import clock, jobs
from app.core.db import NOBODY, session, transaction
from config.settings import Settings
from directory.freshness import notices
from directory.freshness.actions import bounce, secret
from directory.models.organisation import Organisation
from directory.models.service import Service
from directory.queries import service as services

MOST_A_DAY = 3
A_MAIL = 20
RETRY = jobs.UntilItWorks()


def address_of(service: Service) -> str:
    """Where a listing's own mail goes: what it publishes, or what its organisation does."""
    return service.email or service.organisation.email


def ask_for_link(service: Service) -> bool:
    """Mail a link to the published address, unless that has had enough today; False if not."""
    today = session.scalar(select(func.trellis.links_today(service.id))) or 0
    if not address_of(service) or today >= MOST_A_DAY:
        return False
    jobs.defer(send_links, service_ids=[str(service.id)], stage=0)
    return True


def ask_about_claim(organisation: Organisation, claim_id: uuid.UUID) -> None:
    """Ask the organisation whether whoever claims its listings may, once this is kept."""
    jobs.defer(send_claim, organisation_id=str(organisation.id), claim_id=str(claim_id))


@jobs.queue.periodic(cron="30 6 * * *")
@jobs.queue.task(name="prompt_editors", queue="clock", queueing_lock="prompt_editors")
def prompt_editors(timestamp: int) -> None:  # noqa: ARG001 - procrastinate passes it
    """Ask every organisation that has been silent too long; one mail an address."""
    now = clock.now()
    columns = ("address", "service_id", "name", "stage")
    with transaction(NOBODY):
        due = func.trellis.prompts_due(now).table_valued(*columns)
        by_address: dict[tuple[str, int], list[uuid.UUID]] = defaultdict(list)
        for row in session.execute(select(due)):
            by_address[row.address.casefold(), row.stage].append(row.service_id)
        for (_address, stage), ids in by_address.items():
            session.execute(select(func.trellis.prompted(ids, stage, now)))
            for start in range(0, len(ids), A_MAIL):
                part = [str(one) for one in ids[start : start + A_MAIL]]
                jobs.defer(send_links, service_ids=part, stage=stage)


@jobs.queue.task(name="send_editor_links", queue="mail", retry=RETRY)
def send_links(service_ids: list[str], stage: int) -> None:
    """Make a link for each listing and mail them; an address that refuses is a bounce."""
    settings = Settings.load()
    with transaction(NOBODY):
        found = services.leaflets([uuid.UUID(one) for one in service_ids])
        links = [(one.name, secret.make(service_id=one.id)) for one in found if address_of(one)]
        address = next((address_of(one) for one in found if address_of(one)), "")
    if links:
        try:
            notices.send_links(settings, address, links, stage, secret.DAYS)
        except smtplib.SMTPRecipientsRefused as refused:
            _gone_or_again(address, refused)


@jobs.queue.task(name="send_claim", queue="mail", retry=RETRY)
def send_claim(organisation_id: str, claim_id: str) -> None:
    """Mail the question whether a claim is right."""
    settings = Settings.load()
    with transaction(NOBODY):
        organisation = session.get_one(Organisation, uuid.UUID(organisation_id))
        made = secret.make(claim_id=uuid.UUID(claim_id))
    if organisation.email:
        try:
            notices.send_claim(settings, organisation.email, organisation.name, made, secret.DAYS)
        except smtplib.SMTPRecipientsRefused as refused:
            _gone_or_again(organisation.email, refused)


def _gone_or_again(address: str, refused: smtplib.SMTPRecipientsRefused) -> None:
    """No such address is a bounce; for now is tried again, and another no is left at that."""
    said = refused.recipients.values()
    if not all(code >= 500 for code, _words in said):
        raise refused
    if all(bounce.refused_for_good(code, words) for code, words in said):
        bounce.came_back(address)
