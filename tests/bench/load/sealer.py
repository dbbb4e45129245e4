"""Seals as the application does, without going through its mapped classes."""

import os
import uuid
from typing import Any

import sqlalchemy as sa

from app.core import keys
from app.core.address import sqlalchemy_url
from app.core.keys import branch
from app.core.keys.first_use import maintenance
from app.core.keys.person_key import PersonKey
from app.core.keys.person_row import wrapped_row
from app.core.sealing import blob, codec
from config.settings import Settings


class Sealer:
    """The current branch key, and a new key for each new person."""

    def __init__(self, settings: Settings) -> None:
        keys.configure(settings)
        url = sqlalchemy_url(settings.owner_database_url or "")
        owner = sa.create_engine(url, poolclass=sa.NullPool)
        with maintenance(owner) as connection:
            self.branch = branch.current(connection)

    def new_person(self, person_id: uuid.UUID) -> tuple[PersonKey, dict[str, Any]]:
        """A person's data key, and its row."""
        key = PersonKey(person_id, 1, os.urandom(32))
        return key, wrapped_row(key, *self.branch)


def sealed(key: PersonKey, table: str, group: str, row_id: uuid.UUID, value: Any) -> bytes:
    """The blob of one group of one row."""
    return blob.seal(key, blob.Place(table, group, row_id), codec.to_json(value))
