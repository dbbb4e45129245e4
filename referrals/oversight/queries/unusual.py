"""The list of unusual access of the officer's agency, the latest day first."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select, tuple_

from app.core.db import session
from app.core.errors import NotFound
from app.identity.actor import Actor
from referrals.oversight.models.unusual import UnusualAccess
from referrals.record.queries.keyset import PAGE, Place


@dataclass(frozen=True)
class Page:
    """One page, and where the next begins."""

    rows: Sequence[UnusualAccess]
    following: Place | None


def page(actor: Actor, *, judged: bool, after: Place | None = None) -> Page:
    """Up to a page of lines from `after` on."""
    key = tuple_(UnusualAccess.on_day, UnusualAccess.id)
    rows = select(UnusualAccess).where(
        UnusualAccess.agency_id == actor.agency_id,
        UnusualAccess.judgement.is_not(None) if judged else UnusualAccess.judgement.is_(None),
    )
    if after:
        rows = rows.where(key < tuple_(after.due, after.referral_id))
    rows = rows.order_by(UnusualAccess.on_day.desc(), UnusualAccess.id.desc())
    found = session.scalars(rows.limit(PAGE + 1)).all()
    last = found[PAGE - 1] if len(found) > PAGE else None
    return Page(found[:PAGE], Place(0, last.on_day, last.id) if last else None)


def waiting(actor: Actor) -> int:
    """How many lines nobody has judged."""
    counted = select(func.count()).where(
        UnusualAccess.agency_id == actor.agency_id, UnusualAccess.judgement.is_(None)
    )
    return session.scalar(counted) or 0


def get(actor: Actor, line_id: uuid.UUID) -> UnusualAccess:
    """A line of the officer's agency, or NotFound."""
    found = session.get(UnusualAccess, line_id)
    if found is None or found.agency_id != actor.agency_id:
        raise NotFound("There is no such line")
    return found
