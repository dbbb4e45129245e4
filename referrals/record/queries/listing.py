"""The rows of a list: what its lines show of referrals and their people, in one statement.

A list shows little of many, so it reads columns and no records. Whatever is done to one of
them begins by reading it whole (`referral.get`).
"""

import uuid
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Row, Uuid, any_, bindparam, select
from sqlalchemy.dialects.postgresql import ARRAY

from app.core import keys
from app.core.db import session
from referrals.record.models.person import Identity, Person
from referrals.record.models.referral import Referral

Listed = Row[*tuple[Any, ...]]  # of the columns below
# Built once: putting a statement together takes longer than reading what it finds.
STATEMENT = (
    select(
        Referral.id,
        Referral.person_id,
        Referral.from_agency_id,
        Referral.to_agency_id,
        Referral.link_worker_id,
        Referral.reference,
        Referral.status,
        Referral.urgency,
        Referral.requested_at,
        Referral.first_contact_due,
        Referral.on_hold_until,
        Referral.closed_at,
        Referral.next_step,
        Referral.next_due_on,
        Person.__table__.c.identity_sealed,
    )
    .join(Person, Person.id == Referral.person_id)
    .where(Referral.id == any_(bindparam("referral_ids", type_=ARRAY(Uuid))))
)


def read(referral_ids: Iterable[uuid.UUID]) -> list[Listed]:
    """These referrals in the same order, their people's keys in hand; hidden ones are left out."""
    wanted = list(referral_ids)
    found = {row.id: row for row in session.execute(STATEMENT, {"referral_ids": wanted})}
    keys.preload(row.person_id for row in found.values())
    return [found[one] for one in wanted if one in found]


def identity(row: Listed) -> Identity:
    """Who the person of a row is. Raises DamagedRecord."""
    return Person.identity.opened(row.person_id, row.person_id, row.identity_sealed)
