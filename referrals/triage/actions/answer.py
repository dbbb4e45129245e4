"""Take a referral on, or decline it."""

import uuid

from app.core import audit
from app.core.errors import Conflict
from app.identity.actor import Actor
from referrals.record.actions import event, next_step
from referrals.record.models.referral import Referral
from referrals.record.models.status import Reason, Status
from referrals.record.notices import Notice, tell_agency
from referrals.triage import policy
from referrals.triage.actions import allocation


def accept(actor: Actor, referral: Referral, link_worker_id: uuid.UUID | None = None) -> None:
    """Take a referral on, and allocate it at once when a community referrer is named.

    Raises:
        Denied: the actor is not a team lead of the team that received it.
        Conflict: it is not waiting for an answer.
        Invalid: the person named is not a community referrer of the team.
    """
    policy.ANSWER.require(actor, referral)
    _require_waiting(referral)
    referral.move(Status.ACCEPTED)
    event.add(actor, referral, "accepted")
    audit.record(actor, "referral.accepted", referral)
    tell_agency(referral.from_agency_id, Notice.NEWS_OF_REFERRAL)
    if link_worker_id and link_worker_id != referral.link_worker_id:
        allocation.allocate(actor, referral, link_worker_id)  # says what is next as well
    else:
        next_step.refresh(referral)


def decline(actor: Actor, referral: Referral, reason: Reason, words: str) -> None:
    """Decline a referral, with a coded reason and words for the referrer.

    Raises:
        Denied: the actor is not a team lead of the team that received it.
        Conflict: it is not waiting for an answer.
    """
    policy.ANSWER.require(actor, referral)
    _require_waiting(referral)
    referral.move(Status.REJECTED, reason)
    event.add(actor, referral, "declined", words)
    next_step.refresh(referral)
    audit.record(actor, "referral.declined", referral, reason=reason)
    tell_agency(referral.from_agency_id, Notice.NEWS_OF_REFERRAL)


def _require_waiting(referral: Referral) -> None:
    if referral.status == Status.ON_HOLD:
        raise Conflict("This referral is on hold. Resume it first.")
    if referral.status != Status.REQUESTED:
        raise Conflict("This referral has already been answered.")
