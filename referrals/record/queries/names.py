"""Names of the users and agencies that appear on a page, in one query each."""

import uuid
from collections.abc import Iterable

from sqlalchemy import select

from app.core.db import session
from app.identity.models.agency import Agency
from app.identity.models.user import User


def of_users(ids: Iterable[uuid.UUID | None]) -> dict[uuid.UUID, str]:
    """Names by id."""
    wanted = {one for one in ids if one}
    rows = session.execute(select(User.id, User.name).where(User.id.in_(wanted)))
    return {row.id: row.name for row in rows}


def of_agencies(ids: Iterable[uuid.UUID | None]) -> dict[uuid.UUID, str]:
    """Names by id."""
    wanted = {one for one in ids if one}
    rows = session.execute(select(Agency.id, Agency.name).where(Agency.id.in_(wanted)))
    return {row.id: row.name for row in rows}
