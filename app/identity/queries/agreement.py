"""Sharing agreements: which are in force, and with whom there is none."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, exists, or_, select
from sqlalchemy.orm import aliased

from app.core import clock
from app.core.db import session
from app.core.errors import NotFound
from app.identity.actor import Actor
from app.identity.models.agency import Agency, SharingAgreement

Sender, Receiver = aliased(Agency), aliased(Agency)


@dataclass(frozen=True)
class Agreement:
    """An agreement with the names of its two agencies."""

    row: SharingAgreement
    sender: str
    receiver: str


def _own(actor: Actor) -> Select[SharingAgreement, str, str]:
    mine = (SharingAgreement.from_agency_id, SharingAgreement.to_agency_id)
    return (
        select(SharingAgreement, Sender.name, Receiver.name)
        .join(Sender, Sender.id == SharingAgreement.from_agency_id)
        .join(Receiver, Receiver.id == SharingAgreement.to_agency_id)
        .where(or_(*(column == actor.agency_id for column in mine)))
    )


def of_agency(actor: Actor) -> list[Agreement]:
    """Every agreement of the actor's agency, newest first."""
    rows = session.execute(_own(actor).order_by(SharingAgreement.created_at.desc()))
    return [Agreement(row, sender, receiver) for row, sender, receiver in rows]


def get(actor: Actor, agreement_id: uuid.UUID) -> Agreement:
    """An agreement of the actor's agency, or NotFound."""
    row = session.execute(_own(actor).where(SharingAgreement.id == agreement_id)).one_or_none()
    if row is None:
        raise NotFound("There is no such agreement")
    return Agreement(row[0], row[1], row[2])


def in_force(from_agency_id: uuid.UUID, to_agency_id: uuid.UUID) -> bool:
    """Whether the first agency may send to the second today."""
    today = clock.today()
    found = exists().where(
        SharingAgreement.from_agency_id == from_agency_id,
        SharingAgreement.to_agency_id == to_agency_id,
        SharingAgreement.ended_at.is_(None),
        SharingAgreement.starts_on <= today,
        or_(SharingAgreement.ends_on.is_(None), SharingAgreement.ends_on >= today),
    )
    return bool(session.scalar(select(found)))


def others(actor: Actor) -> Sequence[Agency]:
    """Every other agency, by name."""
    elsewhere = (Agency.id != actor.agency_id) & Agency.active
    return session.scalars(select(Agency).where(elsewhere).order_by(Agency.name)).all()
