"""The end of a person's key: what it sealed can never be read again."""

import uuid

import sqlalchemy as sa

from app.core.keys.tables import PERSON_INDEX, PERSON_KEYS


def destroy(connection: sa.Connection, person_id: uuid.UUID) -> bool:
    """Delete the person's data key and index rows; False when there was no key.

    Only maintenance may (see `maintenance`): the application's own role cannot.
    """
    connection.execute(sa.delete(PERSON_INDEX).where(PERSON_INDEX.c.person_id == person_id))
    gone = connection.execute(sa.delete(PERSON_KEYS).where(PERSON_KEYS.c.person_id == person_id))
    return gone.rowcount > 0
