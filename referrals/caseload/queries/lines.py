"""A page of a caseload as lines: who, what next, by when, when last in contact."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from app.core.db import session
from app.core.sealing import Entry, entries
from app.identity.actor import Actor
from referrals.caseload.models.encounter import REACHED, Encounter
from referrals.record.models.referral import Referral
from referrals.record.models.relationship import Relationship
from referrals.record.queries.referral import by_ids


@dataclass(frozen=True)
class Line:
    """The sealed words of one line."""

    full_name: str
    called: str
    born: date | None


@dataclass(frozen=True)
class Contact:
    """When they were last tried, and last reached."""

    tried: date | None = None
    reached: date | None = None


Lines = Sequence[Entry[Referral, Line]]


def of(actor: Actor, related: Iterable[Relationship]) -> Lines:
    """Read the people of these relationships, in the same order."""
    return entries(by_ids(actor, related), line)


def line(referral: Referral) -> Line:
    """Open what one line shows. Raises DamagedRecord."""
    identity = referral.person.identity
    return Line(identity.full_name, identity.called, identity.date_of_birth)


def last_contacts(referral_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, Contact]:
    """The last contact of each, in one query."""
    reached = func.max(Encounter.held_on).filter(Encounter.outcome.in_(REACHED))
    rows = session.execute(
        select(Encounter.referral_id, func.max(Encounter.held_on), reached)
        .where(Encounter.referral_id.in_(referral_ids))
        .group_by(Encounter.referral_id)
    )
    return {row[0]: Contact(row[1], row[2]) for row in rows}
