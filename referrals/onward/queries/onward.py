"""Read onward referrals as the team that sent them. A referral in hand comes first."""

import uuid
from collections.abc import Sequence

from sqlalchemy import func, select

from app.core.db import session
from app.core.errors import NotFound
from app.identity.actor import Actor
from referrals.onward.models.disclosure import Disclosure
from referrals.onward.models.onward_referral import OnwardEvent, OnwardReferral
from referrals.onward.models.signpost import Signpost
from referrals.onward.models.withdrawal import Withdrawal
from referrals.onward.policy import VIEW_ONWARD
from referrals.record.models.referral import Referral


def of_referral(referral: Referral) -> Sequence[OnwardReferral]:
    """Everything sent on from it, open ones first, newest first."""
    return session.scalars(
        select(OnwardReferral)
        .where(OnwardReferral.referral_id == referral.id)
        .order_by(OnwardReferral.closed_at.is_not(None), OnwardReferral.requested_at.desc())
    ).all()


def get(actor: Actor, referral: Referral, onward_id: uuid.UUID) -> OnwardReferral:
    """One of them. Raises NotFound when it is not this referral's."""
    VIEW_ONWARD.require(actor, referral)
    found = session.scalar(
        select(OnwardReferral).where(
            OnwardReferral.id == onward_id, OnwardReferral.referral_id == referral.id
        )
    )
    if found is None:
        raise NotFound("There is no such onward referral")
    return found


def history(onward: OnwardReferral) -> Sequence[OnwardEvent]:
    """Everything that has happened to it, oldest first."""
    return session.scalars(
        select(OnwardEvent)
        .where(OnwardEvent.onward_referral_id == onward.id)
        .order_by(OnwardEvent.created_at, OnwardEvent.id)
    ).all()


def disclosure(onward: OnwardReferral) -> Disclosure:
    """What was sent with it. Raises NotFound when it may no longer be seen."""
    found = session.scalar(select(Disclosure).where(Disclosure.onward_referral_id == onward.id))
    if found is None:
        raise NotFound("There is no such onward referral")
    return found


def withdrawal(onward: OnwardReferral) -> Withdrawal | None:
    """The withdrawal, and whether the receiver has acknowledged it."""
    return session.scalar(select(Withdrawal).where(Withdrawal.onward_referral_id == onward.id))


def signposts(referral: Referral) -> Sequence[Signpost]:
    """The services the person was told of, newest first."""
    return session.scalars(
        select(Signpost)
        .where(Signpost.referral_id == referral.id)
        .order_by(Signpost.created_at.desc())
    ).all()


def agreement_in_force(actor: Actor, agency_id: uuid.UUID | None) -> bool:
    """Whether the actor's agency may send something to that one today."""
    if agency_id is None:
        return False
    return bool(session.scalar(select(func.trellis.agreement_in_force(actor.agency_id, agency_id))))
