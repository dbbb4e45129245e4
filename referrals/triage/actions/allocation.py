"""Put referrals on a community referrer's caseload, one or many."""

import uuid
from collections.abc import Iterable

from app.core import audit
from app.core.errors import Conflict, Invalid
from app.identity.actor import Actor
from referrals.record.actions import event, next_step
from referrals.record.models.referral import Referral
from referrals.record.models.status import Status
from referrals.record.notices import Notice, tell_user
from referrals.triage import policy
from referrals.triage.queries import load

NOT_IN_TEAM = "Choose a community referrer of your team"


def allocate(actor: Actor, referral: Referral, link_worker_id: uuid.UUID) -> None:
    """Put a referral that was taken on onto a caseload; on the same one nothing changes.

    Raises:
        Denied: the actor is not a team lead of the team that received it.
        Conflict: it has not been taken on, or has ended.
        Invalid: the person named is not a community referrer of the team.
    """
    policy.ANSWER.require(actor, referral)
    name = _name(actor, link_worker_id)
    if _put(actor, referral, link_worker_id, name) and link_worker_id != actor.user_id:
        tell_user(link_worker_id, Notice.REFERRAL_ALLOCATED)


def reallocate(actor: Actor, referrals: Iterable[Referral], link_worker_id: uuid.UUID) -> int:
    """Move many onto one caseload, with one notice; how many were not there before.

    Raises:
        Denied, Conflict, Invalid: as `allocate`; then none has moved.
    """
    policy.BALANCE.require(actor, None)
    name = _name(actor, link_worker_id)
    # In a settled order, so that two leads at once wait for, and do not block, each other.
    ordered = sorted(referrals, key=lambda one: one.id)
    moved = sum(_put(actor, one, link_worker_id, name) for one in ordered)
    if moved and link_worker_id != actor.user_id:
        tell_user(link_worker_id, Notice.REFERRAL_ALLOCATED)
    return moved


def _name(actor: Actor, link_worker_id: uuid.UUID) -> str:
    name = load.name_in_team(actor, link_worker_id)
    if name is None:
        raise Invalid(NOT_IN_TEAM)
    return name


def _put(actor: Actor, referral: Referral, link_worker_id: uuid.UUID, name: str) -> bool:
    policy.ANSWER.require(actor, referral)
    if not _taken_on(referral):
        raise Conflict("Only a referral that was taken on, and is still open, can be allocated.")
    if referral.link_worker_id == link_worker_id:
        return False
    kind = "allocated" if referral.link_worker_id is None else "reallocated"
    referral.link_worker_id = link_worker_id
    event.add(actor, referral, kind, f"To {name}")
    next_step.refresh(referral)
    audit.record(actor, f"referral.{kind}", referral)
    return True


def _taken_on(referral: Referral) -> bool:
    was = referral.status_before_hold if referral.status == Status.ON_HOLD else referral.status
    return was in (Status.ACCEPTED, Status.IN_PROGRESS)
