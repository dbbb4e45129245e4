"""Emergencies to judge, the oldest first, and those judged, the latest first."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select

from app.core import audit, clock
from app.core.db import session
from app.core.errors import NotFound
from app.identity.actor import Actor
from referrals.emergency.models.glass import GlassBreak
from referrals.emergency.models.review import GlassReview
from referrals.record.queries.keyset import PAGE

WORKING_DAYS, MOST = 5, 500
Pair = tuple[GlassBreak, GlassReview | None]


@dataclass(frozen=True)
class Page:
    """One page, and whether there is another."""

    rows: Sequence[Pair]
    more: bool


def due(glass: GlassBreak) -> date:
    """By when it is to be judged: within five working days."""
    return clock.working_days_after(clock.local(glass.created_at).date(), WORKING_DAYS)


def page(actor: Actor, *, judged: bool, beyond: datetime | None = None) -> Page:
    """Up to a page of the agency's, from `beyond` on."""
    rows = (
        select(GlassBreak, GlassReview)
        .outerjoin(GlassReview, GlassReview.glass_break_id == GlassBreak.id)
        .where(GlassBreak.agency_id == actor.agency_id)
    )
    if judged:
        rows = rows.where(GlassReview.id.is_not(None)).order_by(GlassBreak.created_at.desc())
        rows = rows.where(GlassBreak.created_at < beyond) if beyond else rows
    else:
        rows = rows.where(GlassReview.id.is_(None)).order_by(GlassBreak.created_at)
        rows = rows.where(GlassBreak.created_at > beyond) if beyond else rows
    found = [(row[0], row[1]) for row in session.execute(rows.limit(PAGE + 1))]
    return Page(found[:PAGE], len(found) > PAGE)


def waiting(actor: Actor) -> int:
    """How many are to be judged."""
    counted = (
        select(func.count(GlassBreak.id))
        .outerjoin(GlassReview, GlassReview.glass_break_id == GlassBreak.id)
        .where(GlassBreak.agency_id == actor.agency_id, GlassReview.id.is_(None))
    )
    return session.scalar(counted) or 0


def get(actor: Actor, break_id: uuid.UUID) -> Pair:
    """One of the agency's, and what was said of it; or NotFound."""
    row = session.execute(
        select(GlassBreak, GlassReview)
        .outerjoin(GlassReview, GlassReview.glass_break_id == GlassBreak.id)
        .where(GlassBreak.id == break_id, GlassBreak.agency_id == actor.agency_id)
    ).one_or_none()
    if row is None:
        raise NotFound("There is no such emergency")
    return row[0], row[1]


def looked_at(glass: GlassBreak) -> Sequence[Any]:
    """What the user saw of that person while the record was open: `at` and `action`.

    One more than MOST when there are more.
    """
    if glass.person_id is None or glass.closed_at is None:
        return []
    columns = audit.EVENTS.c
    return session.execute(
        select(columns.at, columns.action)
        .where(
            columns.person_id == glass.person_id,
            columns.user_id == glass.user_id,
            columns.agency_id == glass.agency_id,
            columns.at >= glass.created_at,
            columns.at <= glass.closed_at,
        )
        .order_by(columns.at)
        .limit(MOST + 1)
    ).all()
