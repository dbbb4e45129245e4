"""A person's key, while nobody else may write about that person."""

import uuid

import sqlalchemy as sa

from app.core.keys.person_key import PersonKey
from app.core.keys.person_row import opened
from app.core.keys.tables import PERSON_KEYS
from app.core.keys.wrapping import DoesNotOpen
from app.core.rotation.walk import Busy

# The other side of trellis.hold_person_key (migration 0003).
TRY = sa.text("select pg_try_advisory_xact_lock(hashtextextended('person key ' || :who, 0))")


def held_key(connection: sa.Connection, person_id: uuid.UUID) -> PersonKey:
    """The key of one person, to the end of the transaction.

    Raises:
        Busy: somebody is writing about the person now.
        DoesNotOpen: it is not what was stored for this person.
    """
    if not connection.scalar(TRY, {"who": str(person_id)}):
        raise Busy
    mine = PERSON_KEYS.c.person_id == person_id
    rows = connection.execute(sa.select(PERSON_KEYS).where(mine).with_for_update()).all()
    key = opened(connection, rows).get(person_id)
    if key is None:
        raise DoesNotOpen
    return key
