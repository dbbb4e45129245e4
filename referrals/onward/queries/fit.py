"""Why a service may not fit, or cannot be sent to: said before choosing."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select

from app.core import clock
from app.core.db import session
from app.identity.actor import Actor
from app.identity.models.agency import SharingAgreement
from app.ui.words import age
from directory.catalogue import CapacityState, ServiceCard

UNFIT_STATES = {
    CapacityState.FULL: "Full, not taking names now",
    CapacityState.PAUSED: "Paused, not taking anybody now",
}


@dataclass(frozen=True)
class Fit:
    """A service, whether it can be sent to, and what to think about first."""

    card: ServiceCard
    can_send: bool
    doubts: tuple[str, ...]


def agreed_with(actor: Actor, agency_ids: Collection[uuid.UUID | None]) -> set[uuid.UUID]:
    """Those of the agencies that the actor's agency may send to today, in one query."""
    today = clock.today()
    row = SharingAgreement
    return set(
        session.scalars(
            select(row.to_agency_id).where(
                row.from_agency_id == actor.agency_id,
                row.to_agency_id.in_([one for one in agency_ids if one]),
                row.ended_at.is_(None),
                row.starts_on <= today,
                or_(row.ends_on.is_(None), row.ends_on >= today),
            )
        )
    )


def judge(actor: Actor, cards: Collection[ServiceCard], born: date | None) -> list[Fit]:
    """Each service with what speaks against it for somebody born then."""
    agreed = agreed_with(actor, [one.agency_id for one in cards])
    return [_fit(one, one.agency_id in agreed, born) for one in cards]


def _fit(card: ServiceCard, agreed: bool, born: date | None) -> Fit:
    doubts = [*_age_doubts(card, born), *_sending_doubts(card, agreed)]
    return Fit(card, card.can_receive and agreed, tuple(doubts))


def _age_doubts(card: ServiceCard, born: date | None) -> list[str]:
    if born is None:
        return []
    years = age(born)
    low, high = card.minimum_age or 0, card.maximum_age or 999
    return [] if low <= years <= high else [f"For ages {card.ages_words}; this person is {years}"]


def _sending_doubts(card: ServiceCard, agreed: bool) -> list[str]:
    full = UNFIT_STATES.get(card.capacity.state) if card.capacity.state else None
    if full:
        return [full]
    if card.agency_id is None:
        return ["Not on this system: tell the person of it instead"]
    if not card.takes_referrals:
        return ["Does not take referrals: tell the person of it instead"]
    if not agreed:
        return [f"No sharing agreement with {card.organisation}: nothing can be sent"]
    return []
