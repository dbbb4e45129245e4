"""A page of a caseload as lines: who, what next, by when, when last in contact."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Uuid, any_, bindparam, func, select
from sqlalchemy.dialects.postgresql import ARRAY

from app.core.db import session
from app.core.sealing import Entry, entries
from referrals.caseload.models.encounter import REACHED, Encounter
from referrals.record.models.person import Identity
from referrals.record.models.referral import Referral
from referrals.record.queries import listing
from referrals.record.queries.listing import Listed


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


Lines = Sequence[Entry[Listed, Line]]
LAST_CONTACTS = (
    select(
        Encounter.referral_id,
        func.max(Encounter.held_on),
        func.max(Encounter.held_on).filter(Encounter.outcome.in_(REACHED)),
    )
    .where(
        Encounter.referral_id == any_(bindparam("referral_ids", type_=ARRAY(Uuid))),
        Encounter.stands,
    )
    .group_by(Encounter.referral_id)
)


def of(referral_ids: Iterable[uuid.UUID]) -> Lines:
    """Read these referrals and their people, in the same order."""
    return entries(listing.read(referral_ids), _listed)


def _listed(row: Listed) -> Line:
    return _line(listing.identity(row))


def line(referral: Referral) -> Line:
    """Open what one line shows. Raises DamagedRecord."""
    return _line(referral.person.identity)


def _line(identity: Identity) -> Line:
    return Line(identity.full_name, identity.called, identity.date_of_birth)


def last_contacts(referral_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, Contact]:
    """The last contact of each, in one query."""
    rows = session.execute(LAST_CONTACTS, {"referral_ids": list(referral_ids)})
    return {row[0]: Contact(row[1], row[2]) for row in rows}
