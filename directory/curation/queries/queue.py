"""The curator's queue: everything that waits, oldest first, a page at a time."""

import enum
import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import func, select
from sqlalchemy import tuple_ as row_of
from sqlalchemy.dialects.postgresql import UUID

from app.core.db import session
from directory.models.organisation import Organisation
from directory.models.service import Service

PAGE = 20
# A view (migration 0017), so that it is one statement whatever waits.
QUEUE = sa.table(
    "curation_queue",
    sa.column("kind", sa.Text),
    sa.column("id", UUID(as_uuid=True)),
    sa.column("service_id", UUID(as_uuid=True)),
    sa.column("organisation_id", UUID(as_uuid=True)),
    sa.column("since", sa.DateTime(timezone=True)),
    sa.column("about", sa.Text),
)


class Kind(enum.StrEnum):
    """Why something waits, the most urgent first."""

    REPORT = "report"
    DOUBT = "doubt"
    CHANGE = "change"
    CLAIM = "claim"
    CHECK = "check"
    DUPLICATE = "duplicate"
    STALE = "stale"


@dataclass(frozen=True)
class Waiting:
    """One thing to decide. `about` is the topic, the kind of report, the check, the agency."""

    kind: Kind
    id: uuid.UUID
    since: datetime
    about: str
    service_id: uuid.UUID | None
    service: str
    organisation_id: uuid.UUID | None
    organisation: str

    @property
    def cursor(self) -> str:
        """Where the page after this one begins."""
        return f"{self.since.isoformat()}_{self.id}"


def counts() -> dict[Kind, int]:
    """How much of each kind waits."""
    rows = session.execute(select(QUEUE.c.kind, func.count()).group_by(QUEUE.c.kind))
    found = {Kind(kind): count for kind, count in rows}
    return {kind: found.get(kind, 0) for kind in Kind}


def page(kind: Kind | None, after: str = "") -> tuple[list[Waiting], str]:
    """A page of what waits, and the cursor of the next one or nothing."""
    order = QUEUE.c.since, QUEUE.c.id
    wanted = select(QUEUE).order_by(*order).limit(PAGE + 1)
    if kind:
        wanted = wanted.where(QUEUE.c.kind == str(kind))
    start = _start(after)
    if start:
        wanted = wanted.where(row_of(*order) > row_of(*start))
    part = wanted.subquery("part")
    rows = session.execute(
        select(part, Service.name, Organisation.name.label("organisation"))
        .outerjoin(Service, Service.id == part.c.service_id)
        .outerjoin(
            Organisation,
            Organisation.id == func.coalesce(part.c.organisation_id, Service.organisation_id),
        )
        .order_by(part.c.since, part.c.id)
    ).all()
    found = [_waiting(row) for row in rows[:PAGE]]
    return found, found[-1].cursor if len(rows) > PAGE else ""


def _start(after: str) -> tuple[datetime, uuid.UUID] | None:
    since, _, row_id = after.rpartition("_")
    try:
        at = datetime.fromisoformat(since)
        return (at, uuid.UUID(row_id)) if at.tzinfo else None
    except ValueError:
        return None


def _waiting(row: Any) -> Waiting:
    return Waiting(
        Kind(row.kind),
        row.id,
        row.since,
        row.about,
        row.service_id,
        row.name or "",
        row.organisation_id,
        row.organisation or "",
    )
