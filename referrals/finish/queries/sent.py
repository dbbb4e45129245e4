"""The referrals that the actor's agency sent, newest first, a page at a time."""

import enum
import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, exists, literal, select
from sqlalchemy import tuple_ as row_of

from app.core.db import session
from app.core.errors import Invalid
from app.identity.actor import Actor
from referrals.finish.models.message import Message
from referrals.finish.policy import LIST_SENT
from referrals.record.models.relationship import Relationship, Standing
from referrals.record.models.status import Status
from referrals.record.queries import listing
from referrals.record.queries import referral as referrals
from referrals.record.queries.listing import Listed

PAGE = 50


class Show(enum.StrEnum):
    """Which of them."""

    NEWS = "with news"
    OPEN = "open"
    CLOSED = "closed"
    ALL = "all"


@dataclass(frozen=True)
class SentPage:
    """One page; `after` is where the following one begins, or empty."""

    referrals: list[Listed]
    after: str = ""


def page(actor: Actor, show: Show, after: str = "", limit: int = PAGE) -> SentPage:
    """One page of what was sent. Two statements and one for the keys."""
    LIST_SENT.require(actor)
    wanted = _wanted(actor, show)
    if after:
        at, referral_id = _place(after)
        wanted = wanted.where(
            row_of(Relationship.sent_at, Relationship.referral_id)
            < row_of(literal(at), literal(referral_id))
        )
    order = Relationship.sent_at.desc(), Relationship.referral_id.desc()
    found = session.scalars(wanted.order_by(*order).limit(limit + 1)).all()
    shown = found[:limit]
    last = shown[-1] if len(found) > limit else None
    more = f"{last.sent_at.isoformat()}_{last.referral_id}" if last and last.sent_at else ""
    # A draft that was thrown away was never sent, and its relationship does not tell.
    sent = [one for one in listing.read(one.referral_id for one in shown) if one.requested_at]
    return SentPage(sent, more)


def _wanted(actor: Actor, show: Show) -> Select[Relationship]:
    own = referrals.own_relationships(actor).where(
        Relationship.role == Standing.SOURCE, Relationship.status != Status.DRAFT
    )
    if show == Show.OPEN:
        return own.where(Relationship.is_open)
    if show == Show.CLOSED:
        return own.where(Relationship.is_open.is_(False))
    if show == Show.NEWS:
        news = exists(select(Message.id)).where(
            Message.referral_id == Relationship.referral_id, Message.read_at.is_(None)
        )
        return own.where(news)
    return own


def _place(text: str) -> tuple[datetime, uuid.UUID]:
    at, _, referral_id = text.partition("_")
    try:
        return datetime.fromisoformat(at), uuid.UUID(referral_id)
    except ValueError:
        raise Invalid("Open the list again from its beginning.") from None
