"""Find somebody the actor's own agency has referred before; ask whether others know them."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Uuid, any_, bindparam, func, select
from sqlalchemy.dialects.postgresql import ARRAY

from app.core import blind_index, keys
from app.core.db import session
from app.core.errors import NotFound
from app.core.sealing import entries
from app.core.sealing.entries import Entry
from app.identity.actor import Actor
from referrals.record.models.person import Contact, Identity, Person
from referrals.record.models.referral import Referral
from referrals.record.models.relationship import Relationship, Standing
from referrals.record.queries import listing
from referrals.record.queries.listing import Listed
from referrals.record.queries.referral import OWN, asking, own_relationships

MOST_FOUND = 20
# Built once each: putting a statement together takes longer than running it.
OWN_PEOPLE = OWN.where(
    Relationship.role == Standing.SOURCE,
    Relationship.person_id == any_(bindparam("person_ids", type_=ARRAY(Uuid))),
)
PEOPLE = (
    select(Person)
    .where(Person.id.in_(OWN_PEOPLE.with_only_columns(Relationship.person_id)))
    .order_by(Person.created_at)
    .limit(MOST_FOUND)
)
OPEN_ONES = (
    OWN_PEOPLE.where(Relationship.is_open)
    .with_only_columns(Relationship.referral_id)
    .order_by(Relationship.sent_at.desc())
    .limit(MOST_FOUND)
)
NEVER_BORN = date(1800, 1, 1)  # looked for when there is nothing to look for: the same work


@dataclass(frozen=True)
class Wanted:
    """What to look for: an NHS number, or a family name with a date of birth, or both."""

    nhs_number: str = ""
    family_name: str = ""
    date_of_birth: date | None = None


@dataclass(frozen=True)
class Known:
    """Somebody the agency has referred before."""

    identity: Identity
    contact: Contact


Found = Entry[Person, Known]


def people(actor: Actor, wanted: Wanted) -> Sequence[Found]:
    """The people of these particulars whom the actor's own agency referred."""
    ids = set(blind_index.people_with_nhs_number(wanted.nhs_number))
    if wanted.date_of_birth:
        ids |= set(blind_index.people_with_name_and_birth(wanted.family_name, wanted.date_of_birth))
    found = _own(actor, ids)
    keys.preload(one.id for one in found)
    return entries(found, lambda one: Known(one.identity, one.contact))


def get(actor: Actor, person_id: uuid.UUID) -> Person:
    """Somebody the actor's own agency referred before, or NotFound."""
    found = _own(actor, [person_id])
    if not found:
        raise NotFound("There is no such person")
    return found[0]


def open_referrals(actor: Actor, person_ids: Collection[uuid.UUID]) -> list[Listed]:
    """The agency's own open referrals of these people, newest first."""
    found = session.scalars(OPEN_ONES, asking(actor) | {"person_ids": list(person_ids)})
    return listing.read(found)


def latest_ended(actor: Actor, person_id: uuid.UUID) -> uuid.UUID | None:
    """The agency's own last referral of this person that was sent and has ended."""
    ended = (
        own_relationships(actor)
        .join(Referral, Referral.id == Relationship.referral_id)
        .where(
            Relationship.role == Standing.SOURCE,
            Relationship.person_id == person_id,
            Referral.requested_at.is_not(None),
            Referral.closed_at.is_not(None),
        )
        .order_by(Referral.requested_at.desc())
    )
    return session.scalar(ended.with_only_columns(Relationship.referral_id).limit(1))


def known_elsewhere(wanted: Wanted) -> bool:
    """Whether another agency's team may be working with them: never which, never where.

    Both indexes are always asked, so that the answer takes as long whatever it is.
    """
    born = wanted.date_of_birth or NEVER_BORN
    digests = [
        pair
        for key in blind_index.keys_in_use()
        for pair in (
            ("nhs number", blind_index.nhs_number(wanted.nhs_number or "0", key)),
            ("name and birth", blind_index.name_and_birth(wanted.family_name, born, key)),
        )
    ]
    asked = select(*(func.trellis.known_elsewhere(kind, digest) for kind, digest in digests))
    return any(session.execute(asked).one())


def _own(actor: Actor, person_ids: Collection[uuid.UUID]) -> Sequence[Person]:
    asked = asking(actor) | {"person_ids": list(person_ids)}
    return session.scalars(PEOPLE, asked).all()
