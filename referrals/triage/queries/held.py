"""The open referrals of one community referrer, for sharing out again."""

import uuid
from collections.abc import Iterable, Sequence

from app.core.db import session
from app.identity.actor import Actor
from referrals.record.models.referral import Referral
from referrals.record.models.relationship import Relationship, Standing
from referrals.record.models.status import Status
from referrals.record.queries.referral import by_ids, own_relationships

MOST = 100


def by(actor: Actor, link_worker_id: uuid.UUID | None) -> Sequence[Relationship]:
    """Those on this caseload (None: taken on, on nobody's yet), soonest due first; at most MOST."""
    rows = own_relationships(actor).where(
        Relationship.role == Standing.HOLDER, Relationship.is_open
    )
    if link_worker_id is None:
        rows = rows.where(
            Relationship.link_worker_id.is_(None), Relationship.status == Status.ACCEPTED
        )
    else:
        rows = rows.where(Relationship.link_worker_id == link_worker_id)
    ordered = rows.order_by(Relationship.next_due_on, Relationship.referral_id)
    return session.scalars(ordered.limit(MOST)).all()


def chosen(actor: Actor, wanted: Iterable[tuple[uuid.UUID, int]]) -> list[Referral]:
    """Those of the ticked rows that the actor's team holds and that have not changed since."""
    versions = dict(wanted)
    related = session.scalars(
        own_relationships(actor).where(
            Relationship.role == Standing.HOLDER,
            Relationship.is_open,
            Relationship.referral_id.in_(versions),
        )
    ).all()
    return [one for one in by_ids(actor, related) if one.version == versions[one.id]]
