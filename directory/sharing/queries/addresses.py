"""The pages of services, in parts that a search engine can take."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Row, func, select

from app.core.db import session
from directory.models.service import Service, ServiceStatus

# By the first digit of the id: sixteen parts that stay the same as services come and go.
PARTS = "0123456789abcdef"
MOST = 50_000


def part(digit: str) -> Sequence[Row[uuid.UUID, datetime]]:
    """(id, last_modified) of the open services whose id begins with this digit."""
    first, last = (uuid.UUID(digit + rest * 31) for rest in ("0", "f"))
    return session.execute(
        select(Service.id, Service.last_modified)
        .where(Service.id.between(first, last), Service.status == ServiceStatus.ACTIVE)
        .order_by(Service.id)
        .limit(MOST)
    ).all()


def changed_at() -> datetime | None:
    """When any service last changed."""
    moment: datetime | None = session.scalar(select(func.max(Service.last_modified)))
    return moment
