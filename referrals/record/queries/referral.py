"""Read referrals. Everything starts at the actor's relationships."""

import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Select, Text, any_, bindparam, func, or_, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import joinedload

from app.core import keys
from app.core.db import session
from app.core.errors import ErasedRecord, NotFound
from app.identity.actor import Actor
from referrals.record import policy
from referrals.record.models.event import ReferralEvent
from referrals.record.models.need import Need
from referrals.record.models.referral import Referral
from referrals.record.models.relationship import Relationship
from referrals.record.models.risk import Risk

WITH_PERSON = joinedload(Referral.person, innerjoin=True)


def own_relationships(actor: Actor) -> Select[Relationship]:
    """The live relationships the actor may use: every list narrows this first."""
    return select(Relationship).where(
        Relationship.agency_id == actor.agency_id,
        Relationship.role.in_(sorted(actor.reach)),
        Relationship.ended_at.is_(None),
        or_(Relationship.until.is_(None), Relationship.until > func.now()),
    )


# The same, built once for the lists: `asking` says for whom.
OWN = select(Relationship).where(
    Relationship.agency_id == bindparam("agency_id"),
    Relationship.role == any_(bindparam("reach", type_=ARRAY(Text))),
    Relationship.ended_at.is_(None),
    or_(Relationship.until.is_(None), Relationship.until > func.now()),
)


def asking(actor: Actor) -> dict[str, Any]:
    """What `OWN` has to be told."""
    return {"agency_id": actor.agency_id, "reach": sorted(actor.reach)}


def get(actor: Actor, referral_id: uuid.UUID) -> Referral:
    """The referral with its person.

    Raises:
        NotFound: it is absent or hidden from the actor.
        ErasedRecord: its person was erased; only who saw it before is told that.
    """
    related = session.scalars(
        own_relationships(actor).where(
            Relationship.referral_id == referral_id, Relationship.role != "onward"
        )
    ).all()
    referral = session.scalar(
        select(Referral)
        .where(Referral.id == referral_id)
        .options(joinedload(Referral.person, innerjoin=True))
    )
    if not related or referral is None:
        raise NotFound("There is no such referral")
    if keys.is_gone(referral.person_id):
        raise ErasedRecord
    referral.standing = policy.standing_of(actor, related)  # type: ignore[misc]
    return referral


def by_ids(actor: Actor, related: Iterable[Relationship]) -> list[Referral]:
    """The referrals of these relationships in the same order, people and keys read at once."""
    wanted = {one.referral_id: one for one in related}
    found = session.scalars(
        select(Referral)
        .where(Referral.id.in_(wanted))
        .options(joinedload(Referral.person, innerjoin=True))
    ).all()
    keys.preload(one.person_id for one in found)
    for referral in found:
        standing = policy.standing_of(actor, [wanted[referral.id]])
        referral.standing = standing  # type: ignore[misc]
    order = {referral_id: place for place, referral_id in enumerate(wanted)}
    return sorted(found, key=lambda one: order[one.id])


def history(referral: Referral) -> Sequence[ReferralEvent]:
    """Everything that has happened to it, oldest first."""
    return session.scalars(
        select(ReferralEvent)
        .where(ReferralEvent.referral_id == referral.id)
        .order_by(ReferralEvent.created_at, ReferralEvent.id)
    ).all()


def needs(referral: Referral) -> Sequence[Need]:
    """Its needs, in the order they were written down."""
    return session.scalars(
        select(Need).where(Need.referral_id == referral.id).order_by(Need.created_at, Need.id)
    ).all()


def risks(referral: Referral) -> Sequence[Risk]:
    """Its risks, ended ones last."""
    return session.scalars(
        select(Risk)
        .where(Risk.referral_id == referral.id)
        .order_by(Risk.ended_on.nulls_first(), Risk.created_at)
    ).all()
