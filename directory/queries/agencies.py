"""The agencies that a curator can link an organisation to."""

import uuid

from sqlalchemy import select

from app.core.db import session
from app.identity.models.agency import Agency
from directory.models.organisation import Organisation


def without_organisation() -> list[tuple[uuid.UUID, str]]:
    """(id, name) of each active agency that is no organisation yet, by name."""
    taken = select(Organisation.id).where(Organisation.agency_id == Agency.id)
    wanted = select(Agency.id, Agency.name).where(Agency.active, ~taken.exists())
    return [(row.id, row.name) for row in session.execute(wanted.order_by(Agency.name))]
