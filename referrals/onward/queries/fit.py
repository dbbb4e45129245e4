"""Why a service may not fit, or cannot be sent to: said before choosing."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import or_, select

from app.core import clock
from app.core.db import session
from app.identity.actor import Actor
from app.identity.models.agency import SharingAgreement
from app.ui.words import age
from directory import catalogue
from directory.catalogue import CapacityState, ServiceCard, Standing
from referrals.onward.queries import observed, reasons, telling
from referrals.onward.queries.observed import NOTHING, Observed
from referrals.onward.queries.reasons import Asked

ANYTHING = Asked()
UNFIT_STATES = {
    CapacityState.FULL: "It is full and takes no names now.",
    CapacityState.PAUSED: "It is paused and takes nobody now.",
}


@dataclass(frozen=True)
class Fit:
    """A service, why it may not fit, and what stands in the way of sending; "" is nothing."""

    card: ServiceCard
    doubts: tuple[str, ...]
    barrier: str
    why: tuple[str, ...] = ()
    unchecked: str = ""
    seen: Observed = NOTHING

    @property
    def can_send(self) -> bool:
        """Whether an onward referral can be sent there now."""
        return not self.barrier

    @property
    def telling(self) -> list[str]:
        """What the person should be told."""
        return telling.lines(self.card, self.seen, can_send=self.can_send)


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


def judge(
    actor: Actor, cards: Collection[ServiceCard], born: date | None, asked: Asked = ANYTHING
) -> list[Fit]:
    """Each service with what speaks for and against it for somebody born then."""
    agreed = agreed_with(actor, [one.agency_id for one in cards])
    ids = [one.id for one in cards]
    standings, seen = catalogue.standings(ids), observed.of(ids)
    fits = [_fit(one, one.agency_id in agreed, born, standings[one.id]) for one in cards]
    return [_told(one, asked, seen.get(one.card.id, NOTHING)) for one in fits]


def _told(fit: Fit, asked: Asked, seen: Observed) -> Fit:
    doubts = (*fit.doubts, *reasons.unsaid(fit.card, asked))
    return replace(fit, doubts=doubts, why=tuple(reasons.why(fit.card, asked)), seen=seen)


def _fit(card: ServiceCard, agreed: bool, born: date | None, standing: Standing) -> Fit:
    doubts = [*_age_doubts(card, born), standing.cautions]
    barrier = " ".join(one for one in (_barrier(card, agreed), standing.barrier) if one)
    said = tuple(one for one in doubts if one)
    return Fit(card, said, barrier, unchecked=standing.never_seen)


def _age_doubts(card: ServiceCard, born: date | None) -> list[str]:
    if born is None:
        return []
    years = age(born)
    low, high = card.minimum_age or 0, card.maximum_age or 999
    return [] if low <= years <= high else [f"For ages {card.ages_words}; this person is {years}"]


def _barrier(card: ServiceCard, agreed: bool) -> str:
    if card.agency_id is None:
        return "It does not use this system, so nothing can be sent: tell the person of it."
    if not card.takes_referrals:
        return "It does not take referrals: tell the person of it."
    if not agreed:
        return f"There is no sharing agreement with {card.organisation}, so nothing can be sent."
    state = card.capacity.now
    if state in UNFIT_STATES:
        return UNFIT_STATES[state]
    return "" if card.can_receive else "It is not running now."
