"""Erasures proposed and done, of whom the actor's agency oversees."""

import uuid
from collections.abc import Iterable

from sqlalchemy import select

from app.core.db import session
from app.core.errors import NotFound
from app.identity.actor import Actor
from referrals.retention.models.erasure import Erasure, State
from referrals.retention.policy import SEE_KEPT
from referrals.retention.queries.paging import Page, page


def waiting(actor: Actor, after: str = "") -> Page[Erasure]:
    """Proposals that another officer has to decide on, oldest first."""
    SEE_KEPT.require(actor)
    open_ones = select(Erasure).where(Erasure.status == State.PROPOSED)
    return page(open_ones, Erasure.created_at, Erasure.id, after)


def done(actor: Actor, after: str = "") -> Page[Erasure]:
    """The erasures, latest first."""
    SEE_KEPT.require(actor)
    ended = select(Erasure).where(Erasure.status == State.DONE)
    return page(ended, Erasure.decided_at, Erasure.id, after, latest_first=True)


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
