"""The locations of an organisation."""

import uuid
from collections.abc import Sequence

from sqlalchemy import select

from app.core.db import session
from directory.models.location import Location


def of_organisation(organisation_id: uuid.UUID) -> Sequence[Location]:
    """Every location of this organisation, in use or not, by name."""
    return session.scalars(
        select(Location)
        .where(Location.organisation_id == organisation_id)
        .order_by(Location.name, Location.id)
    ).all()
