"""Read drafts: those of the actor's own agency, and nobody else's."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from app.core.db import session
from app.core.sealing import entries
from app.core.sealing.entries import Entry
from app.identity.actor import Actor
from app.identity.models.user import User
from referrals.record.models.referral import Referral
from referrals.record.models.relationship import Relationship, Standing
from referrals.record.models.status import Status
from referrals.record.queries import referral as referrals

MOST_DRAFTS = 50


@dataclass(frozen=True)
class DraftLine:
    """One draft on the list: whom it is about as far as that was typed, and who began it."""

    name: str
    begun_by: str


def drafts(actor: Actor) -> Sequence[Entry[Referral, DraftLine]]:
    """The newest drafts of the actor's agency, newest first, each with its `row`."""
    related = session.scalars(
        referrals.own_relationships(actor)
        .where(
            Relationship.role == Standing.SOURCE,
            Relationship.status == Status.DRAFT,
            Relationship.is_open,
        )
        .order_by(Relationship.sent_at.desc(), Relationship.referral_id)
        .limit(MOST_DRAFTS)
    ).all()
    found = referrals.by_ids(actor, related)
    names = _names_of_users(found)
    return entries(found, lambda one: DraftLine(name_in(one), names.get(one.created_by, "")))


def name_in(draft: Referral) -> str:
    """The name typed so far, or else the name stored."""
    typed = draft.draft.pages.get("who", {}) if draft.draft else {}
    parts = [(typed.get(one) or [""])[0] for one in ("given_name", "family_name")]
    return " ".join(" ".join(parts).split()) or draft.person.identity.full_name


def _names_of_users(found: Sequence[Referral]) -> dict[object, str]:
    wanted = {one.created_by for one in found}
    rows = session.execute(select(User.id, User.name).where(User.id.in_(wanted)))
    return {row.id: row.name for row in rows}
