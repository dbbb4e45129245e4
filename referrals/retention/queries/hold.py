"""Legal holds that the actor's agency placed, or that concern whom it oversees."""

import uuid
from collections.abc import Iterable, Sequence

from sqlalchemy import ARRAY, Uuid, cast, func, select

from app.core.db import session
from app.core.errors import NotFound
from app.identity.actor import Actor
from referrals.retention.models.hold import LegalHold
from referrals.retention.policy import SEE_KEPT
from referrals.retention.queries.paging import Page, page


def of_person(actor: Actor, person_id: uuid.UUID) -> Sequence[LegalHold]:
    """Every hold on one person, live ones first."""
    SEE_KEPT.require(actor)
    mine = select(LegalHold).where(LegalHold.person_id == person_id)
    return session.scalars(
        mine.order_by(LegalHold.lifted_at.desc().nulls_first(), LegalHold.created_at.desc())
    ).all()


def held(actor: Actor, person_ids: Iterable[uuid.UUID]) -> set[uuid.UUID]:
    """Which of these people are under a hold."""
    SEE_KEPT.require(actor)
    live = select(LegalHold.person_id).where(
        LegalHold.person_id.in_(list(person_ids)), LegalHold.lifted_at.is_(None)
    )
    return set(session.scalars(live))


def of_agency(actor: Actor, after: str = "") -> Page[LegalHold]:
    """The live holds of the actor's agency, oldest first: each is to be looked at again."""
    SEE_KEPT.require(actor)
    own = select(LegalHold).where(
        LegalHold.agency_id == actor.agency_id, LegalHold.lifted_at.is_(None)
    )
    return page(own, LegalHold.created_at, LegalHold.id, after)


def references(actor: Actor, person_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, list[str]]:
    """The references of those of these people whom the actor's agency sent or received."""
    SEE_KEPT.require(actor)
    asked = func.trellis.overseen_references(cast(list(person_ids), ARRAY(Uuid)))
    found = session.execute(select(asked.table_valued("person_id", "refs")))
    return {row.person_id: row.refs for row in found}


def get(actor: Actor, hold_id: uuid.UUID) -> LegalHold:
    """One hold of the actor's agency. Raises NotFound."""
    SEE_KEPT.require(actor)
    found = session.get(LegalHold, hold_id)
    if found is None or found.agency_id != actor.agency_id:
        raise NotFound("There is no such hold")
    return found
