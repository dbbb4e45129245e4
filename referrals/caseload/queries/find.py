"""Find somebody among those whom the actor's team holds or held."""

import unicodedata
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import false

from app.core import blind_index
from app.core.db import session
from app.core.errors import DamagedRecord
from app.identity.actor import Actor
from referrals.caseload.queries import caseload
from referrals.caseload.queries.caseload import Whose
from referrals.record.models.referral import Referral
from referrals.record.models.relationship import Relationship, Standing
from referrals.record.queries.referral import by_ids, own_relationships

MOST = 50
READ_THROUGH = 3000


@dataclass(frozen=True)
class Wanted:
    """An NHS number, or a surname with a date of birth, or any words."""

    nhs_number: str = ""
    family_name: str = ""
    date_of_birth: date | None = None
    words: str = ""


def find(actor: Actor, whose: Whose, wanted: Wanted) -> Sequence[Referral]:
    """At most MOST referrals: the team's by an exact search, the caseload's by words."""
    if wanted.words:
        return _by_words(actor, whose, wanted.words)
    people = _people(wanted)
    rows = own_relationships(actor).where(
        Relationship.role == Standing.HOLDER,
        Relationship.person_id.in_(people) if people else false(),
    )
    newest = rows.order_by(Relationship.is_open.desc(), Relationship.sent_at.desc())
    return by_ids(actor, session.scalars(newest.limit(MOST)).all())


def _people(wanted: Wanted) -> list[uuid.UUID]:
    if wanted.nhs_number:
        return blind_index.people_with_nhs_number(wanted.nhs_number)
    if wanted.date_of_birth is None:
        return []
    return blind_index.people_with_name_and_birth(wanted.family_name, wanted.date_of_birth)


def _by_words(actor: Actor, whose: Whose, words: str) -> Sequence[Referral]:
    """Reads the caller's own visible rows: there is no index of names to search."""
    parts = [_plain(one) for one in words.split()]
    rows = by_ids(actor, caseload.every(actor, whose, READ_THROUGH))
    return [one for one in rows if _matches(one, [part for part in parts if part])][:MOST]


def _matches(referral: Referral, parts: Sequence[str]) -> bool:
    try:
        identity, contact = referral.person.identity, referral.person.contact
    except DamagedRecord:
        return False
    spoken = (
        *(identity.full_name, identity.preferred_name, identity.nhs_number),
        *(contact.address, contact.postcode, referral.reference),
        *(channel.value for channel in contact.channels),
    )
    text = " ".join(_plain(one) for one in spoken)
    return bool(parts) and all(part in text for part in parts)


def _plain(text: str) -> str:
    """Letters and digits, without case and accents."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(one for one in apart if one.isalnum())
