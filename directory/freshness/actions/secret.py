"""The secret of a mailed link: 256 random bits, of which only the SHA-256 is stored."""

import secrets
import uuid

from sqlalchemy import func, select

from app.core.db import session
from directory.freshness.queries.link import digest_of

DAYS = 7


def make(service_id: uuid.UUID | None = None, claim_id: uuid.UUID | None = None) -> str:
    """Store a new link, to a listing or about a claim, and return its secret."""
    secret = secrets.token_urlsafe(32)
    kept = func.trellis.make_link(digest_of(secret), service_id, claim_id, DAYS)
    session.execute(select(kept))
    return secret
