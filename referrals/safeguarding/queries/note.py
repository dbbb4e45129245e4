"""Safeguarding notes that name the actor; for everybody else there are none."""

import uuid
from collections.abc import Sequence

from sqlalchemy import String, any_, cast, func, literal, or_, select
from sqlalchemy.dialects.postgresql import ARRAY

from app.core.db import session
from app.core.errors import NotFound
from app.identity.actor import Actor, Role
from app.identity.models.user import Membership, User
from referrals.record.models.referral import Referral
from referrals.safeguarding import policy
from referrals.safeguarding.models.note import SafeguardingNote

READING = [str(Role.LINK_WORKER), str(Role.TEAM_LEAD)]


def of(actor: Actor, referral: Referral) -> Sequence[SafeguardingNote]:
    """The notes on a referral that the actor may read, those still of concern first.

    With what stood there before they were changed.
    """
    rows = session.scalars(
        select(SafeguardingNote)
        .where(
            SafeguardingNote.referral_id == referral.id,
            literal(actor.user_id) == any_(SafeguardingNote.readers),
        )
        .order_by(SafeguardingNote.ended_on.nulls_first(), SafeguardingNote.created_at.desc())
    ).all()
    return [one for one in rows if policy.READ_NOTE.allows(actor, one)]


def before(note: SafeguardingNote, found: Sequence[SafeguardingNote]) -> list[SafeguardingNote]:
    """What stood in the place of a note before it was changed, newest first."""
    earlier = {one.id: one for one in found}
    before = []
    while note.corrects_id in earlier:
        note = earlier[note.corrects_id]
        before.append(note)
    return before


def get(actor: Actor, referral: Referral, note_id: uuid.UUID) -> SafeguardingNote:
    """A note of this referral that names the actor, or NotFound."""
    found = session.get(SafeguardingNote, note_id)
    if (
        found is None
        or found.referral_id != referral.id
        or not policy.READ_NOTE.allows(actor, found)
    ):
        raise NotFound("There is no such note")
    return found


def colleagues(actor: Actor, also: Sequence[uuid.UUID] = ()) -> list[tuple[uuid.UUID, str, bool]]:
    """(id, name, whether they lead) of everybody in the team who could be named, the actor first.

    `also` are named already, and may have left the team since.
    """
    can = cast(Membership.roles, ARRAY(String)).overlap(cast(READING, ARRAY(String)))
    leads = literal(str(Role.TEAM_LEAD)) == any_(Membership.roles)
    rows = session.execute(
        select(User.id, User.name, func.bool_or(leads).label("leads"))
        .outerjoin(
            Membership,
            (Membership.user_id == User.id)
            & (Membership.agency_id == actor.agency_id)
            & Membership.ended_at.is_(None)
            & can,
        )
        .where(or_(Membership.id.is_not(None), User.id.in_(also)))
        .group_by(User.id, User.name)
        .order_by(User.id != actor.user_id, User.name)
    )
    return [(row.id, row.name, bool(row.leads)) for row in rows]
