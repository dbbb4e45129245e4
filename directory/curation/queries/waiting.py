"""One thing that waits, by its id; what waits on one listing."""

import uuid
from collections.abc import Sequence
from typing import TypeVar

from sqlalchemy import select

from app.core.db import Base, session
from app.core.errors import NotFound
from app.identity.actor import Actor
from directory.curation.models.claim import ListingClaim
from directory.curation.models.decision import WAITING
from directory.curation.models.merge import DuplicatePair, ListingMerge
from directory.curation.models.proposal import ProposedChange
from directory.models.organisation import Organisation
from directory.models.service import Service

Row = TypeVar("Row", bound=Base)
SHOWN = 10


def get(kind: type[Row], row_id: uuid.UUID) -> Row:
    """Return it, or raise NotFound when it is absent or not the actor's to see."""
    found = session.get(kind, row_id)
    if found is None:
        raise NotFound("There is no such thing")
    return found


def proposal(service: Service, proposal_id: uuid.UUID) -> ProposedChange:
    """A change proposed to this listing, or NotFound."""
    found = get(ProposedChange, proposal_id)
    if found.service_id != service.id:
        raise NotFound("There is no such change")
    return found


def proposals(service: Service) -> Sequence[ProposedChange]:
    """The latest changes proposed to a listing, newest first."""
    return session.scalars(
        select(ProposedChange)
        .where(ProposedChange.service_id == service.id)
        .order_by(ProposedChange.created_at.desc(), ProposedChange.id)
        .limit(SHOWN)
    ).all()


def claim_of(actor: Actor, organisation: Organisation) -> ListingClaim | None:
    """The latest claim of the actor's agency to this organisation."""
    return session.scalar(
        select(ListingClaim)
        .where(
            ListingClaim.organisation_id == organisation.id,
            ListingClaim.agency_id == actor.agency_id,
        )
        .order_by(ListingClaim.created_at.desc())
        .limit(1)
    )


def rivals(claim: ListingClaim) -> Sequence[ListingClaim]:
    """Other agencies' claims to the same organisation that wait too."""
    return session.scalars(
        select(ListingClaim).where(
            ListingClaim.organisation_id == claim.organisation_id,
            ListingClaim.id != claim.id,
            ListingClaim.state == WAITING,
        )
    ).all()


def merges(service: Service) -> Sequence[ListingMerge]:
    """What was merged into this listing and still is, newest first."""
    return session.scalars(
        select(ListingMerge)
        .where(ListingMerge.kept_id == service.id, ListingMerge.undone_at.is_(None))
        .order_by(ListingMerge.created_at.desc())
    ).all()


def pair_of(one: uuid.UUID, other: uuid.UUID) -> DuplicatePair | None:
    """The pair that these two listings are, in whichever order."""
    first, second = sorted((one, other))
    return session.scalar(
        select(DuplicatePair).where(
            DuplicatePair.first_id == first, DuplicatePair.second_id == second
        )
    )
