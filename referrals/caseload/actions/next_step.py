"""What the work on a referral wants done next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import aggregate_order_by

from app.core import clock
from app.core.db import session
from referrals.caseload.models.encounter import REACHED, Encounter
from referrals.caseload.models.plan import ActionStatus, Goal, PlanAction, Who
from referrals.record.actions.next_step import Candidate, offers
from referrals.record.models.referral import Referral, Step
from referrals.record.models.risk import Risk
from referrals.record.models.status import Status

PLAN_WITHIN = timedelta(days=14)
REVIEW_AFTER = timedelta(weeks=4)
WORKING = {Status.ACCEPTED, Status.IN_PROGRESS}


@dataclass(frozen=True)
class Contacts:
    """The dates of the encounters with a person; `follow_up` is the latest one agreed."""

    latest: date | None = None
    first_reached: date | None = None
    follow_up: date | None = None
    only_mistaken: bool = False  # what there was, was entered by mistake


def after_contacts(contacts: Contacts, *, planned: bool, since: date) -> Iterable[Candidate]:
    """Follow up as agreed; make a plan once they were reached; else a regular review."""
    follow_up, latest = contacts.follow_up, contacts.latest
    if follow_up and latest and follow_up > latest:
        yield Candidate(Step.FOLLOW_UP, follow_up)
    if contacts.first_reached and not planned:
        yield Candidate(Step.MAKE_PLAN, contacts.first_reached + PLAN_WITHIN)
    yield Candidate(Step.REVIEW, (latest or since) + REVIEW_AFTER, last_resort=True)


@offers
def work_on(referral: Referral) -> Iterable[Candidate]:
    """What encounters, plan and risks ask for, while the referral is being worked on."""
    if referral.status not in WORKING or referral.link_worker_id is None:
        return
    planned = session.scalar(select(Goal.id).where(Goal.referral_id == referral.id).limit(1))
    since = clock.local(referral.requested_at or referral.created_at).date()
    contacts = _contacts(referral)
    yield from after_contacts(contacts, planned=planned is not None, since=since)
    if contacts.only_mistaken and referral.first_contact_due:
        yield Candidate(Step.FIRST_CONTACT, referral.first_contact_due)
    yield from _actions(referral)
    review = session.scalar(
        select(func.min(Risk.review_on)).where(
            Risk.referral_id == referral.id, Risk.ended_on.is_(None)
        )
    )
    if review:
        yield Candidate(Step.REVIEW_RISK, review)


def _contacts(referral: Referral) -> Contacts:
    newest = aggregate_order_by(
        Encounter.follow_up_on, Encounter.held_on.desc(), Encounter.created_at.desc()
    )
    follow_ups = func.array_agg(newest).filter(
        Encounter.stands, Encounter.follow_up_on.is_not(None)
    )
    written, latest, reached, agreed = session.execute(
        select(
            func.count(),
            func.max(Encounter.held_on).filter(Encounter.stands),
            func.min(Encounter.held_on).filter(Encounter.stands, Encounter.outcome.in_(REACHED)),
            follow_ups,
        ).where(Encounter.referral_id == referral.id)
    ).one()
    return Contacts(latest, reached, agreed[0] if agreed else None, bool(written and not latest))


def _actions(referral: Referral) -> Iterable[Candidate]:
    ours = PlanAction.who == Who.LINK_WORKER
    rows = session.execute(
        select(ours, func.min(PlanAction.due_on))
        .where(
            PlanAction.referral_id == referral.id,
            PlanAction.status == ActionStatus.TO_DO,
            PlanAction.due_on.is_not(None),
        )
        .group_by(ours)
    )
    for is_ours, due in rows:
        if due is not None:  # every action counted has a day
            step = Step.ACTION if is_ours else Step.CHECK_ACTION
            yield Candidate(step, due, waiting=not is_ours)
