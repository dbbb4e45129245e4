"""A mailed link, found by its secret: only the secret's SHA-256 is stored."""

import hashlib
import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from app.core import clock
from app.core.db import session
from app.core.errors import NotFound


@dataclass(frozen=True)
class Link:
    """What it is for: a listing, or somebody's claim to one."""

    service_id: uuid.UUID | None
    claim_id: uuid.UUID | None
    expires_at: datetime
    used_at: datetime | None

    @property
    def works(self) -> bool:
        """Whether it can still be used to say something."""
        return self.used_at is None and self.expires_at > clock.now()


def digest_of(secret: str) -> bytes:
    """What is stored of a secret."""
    return hashlib.sha256(secret.encode(errors="replace")).digest()


def open_link(secret: str) -> Link:
    """The link with this secret, used up or not. Raises NotFound when there never was one."""
    row = _one(func.trellis.link_of(digest_of(secret)), *Link.__dataclass_fields__)
    if row is None:
        raise NotFound("There is no such link")
    return Link(row.service_id, row.claim_id, row.expires_at, row.used_at)


def claim_of(secret: str) -> Any:
    """(by_name, agency_name, organisation, state) of the claim that a link asks about."""
    columns = ("by_name", "agency_name", "organisation", "state")
    return _one(func.trellis.claim_of_link(digest_of(secret)), *columns)


def _one(function: Any, *columns: str) -> Any:
    return session.execute(select(function.table_valued(*columns))).first()
