"""Erasures proposed and done, of whom the actor's agency oversees."""

import uuid
from collections.abc import Iterable, Sequence

from sqlalchemy import select

from app.core.db import session
from app.core.errors import NotFound
from app.identity.actor import Actor
from referrals.retention.models.erasure import Erasure, State
from referrals.retention.policy import SEE_KEPT

MOST = 200


def waiting(actor: Actor) -> Sequence[Erasure]:
    """Proposals that another officer has to decide on, oldest first."""
    SEE_KEPT.require(actor)
    open_ones = select(Erasure).where(Erasure.status == State.PROPOSED)
    return session.scalars(open_ones.order_by(Erasure.created_at).limit(MOST)).all()


def done(actor: Actor) -> Sequence[Erasure]:
    """The latest erasures."""
    SEE_KEPT.require(actor)
    ended = select(Erasure).where(Erasure.status == State.DONE)
    return session.scalars(ended.order_by(Erasure.decided_at.desc()).limit(MOST)).all()


def proposed(actor: Actor, person_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Erasure]:
    """The open proposals for these people."""
    SEE_KEPT.require(actor)
    mine = Erasure.person_id.in_(list(person_ids)) & (Erasure.status == State.PROPOSED)
    return {one.person_id: one for one in session.scalars(select(Erasure).where(mine))}


def of_person(actor: Actor, person_id: uuid.UUID) -> Erasure | None:
    """The one that is done or waits, if any."""
    SEE_KEPT.require(actor)
    mine = (Erasure.person_id == person_id) & (Erasure.status != State.WITHDRAWN)
    return session.scalar(select(Erasure).where(mine))


def get(actor: Actor, erasure_id: uuid.UUID) -> Erasure:
    """One of them. Raises NotFound."""
    SEE_KEPT.require(actor)
    found = session.get(Erasure, erasure_id)
    if found is None:
        raise NotFound("There is no such erasure")
    return found
