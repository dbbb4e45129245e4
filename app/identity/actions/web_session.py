"""Keep, move and end the sessions of browsers. The secret in a cookie is never stored."""

import hashlib
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, cast, delete, or_, update
from sqlalchemy.dialects.postgresql import JSONB

from app.core import clock
from app.core.db import session
from app.identity.models.web_session import WebSession, assurance_proof_of, proof_of

KEPT_AFTER_THE_END = timedelta(days=30)
NEVER_SIGNED_IN = timedelta(hours=1)


@dataclass(frozen=True)
class SignedIn:
    """Who has arrived, from which provider, and the agency they act for, once that is known."""

    user_id: uuid.UUID
    agency_id: uuid.UUID | None = None
    provider: str = ""
    issuer: str = ""
    subject: str = ""
    provider_session: str | None = None
    proved_at: datetime | None = None
    acr: str = ""
    ods_code: str | None = None


def digest_of(secret: str) -> bytes:
    """What is stored in place of a cookie's secret."""
    return hashlib.sha256(secret.encode()).digest()


def start(
    secret: str, lifetime: timedelta, data: dict[str, Any], who: SignedIn | None = None
) -> uuid.UUID:
    """Begin a session under `secret`, for somebody signed in or for a browser nobody knows."""
    now = clock.now()
    row = WebSession(
        digest=digest_of(secret),
        data=data,
        created_at=now,
        last_seen_at=now,
        expires_at=now + lifetime,
        **(vars(who) if who else {}),
    )
    _prove(row)
    session.add(row)
    session.flush()
    return row.id


def change(session_id: uuid.UUID, changed: dict[str, Any], removed: set[str]) -> None:
    """Merge what one request changed, so that requests side by side do not undo each other."""
    data: ColumnElement[Any] = WebSession.data.expression
    for key in removed:
        data = data.op("-")(key)
    merged = data.op("||")(cast(changed, JSONB))
    session.execute(update(WebSession).where(WebSession.id == session_id).values(data=merged))


def renew(session_id: uuid.UUID, secret: str, agency_id: uuid.UUID | None) -> None:
    """Give the session another secret, and the agency its user now acts for."""
    row = session.get_one(WebSession, session_id)
    row.digest, row.agency_id = digest_of(secret), agency_id
    _prove(row)
    session.flush()


def _prove(row: WebSession) -> None:
    row.proof = proof_of(row)
    row.assurance_proof = assurance_proof_of(row)


def seen(session_id: uuid.UUID, at: datetime) -> None:
    """Note that the session is in use."""
    row = WebSession.id == session_id
    session.execute(update(WebSession).where(row).values(last_seen_at=at))


def end(session_id: uuid.UUID) -> None:
    """End one session: its cookie opens nothing from now on."""
    _end(WebSession.id == session_id)


def end_of_user(
    user_id: uuid.UUID, session_id: uuid.UUID | None = None, agency_id: uuid.UUID | None = None
) -> int:
    """End a user's sessions: all, or the one named, or those in one agency; returns how many."""
    which = WebSession.user_id == user_id
    if session_id:
        which &= WebSession.id == session_id
    if agency_id:
        which &= or_(WebSession.agency_id == agency_id, WebSession.agency_id.is_(None))
    return _end(which)


def end_of_provider(issuer: str, subject: str | None, provider_session: str | None) -> int:
    """End what a provider says is over: by its session, or by subject when it names none."""
    if provider_session:
        which = WebSession.provider_session == provider_session
        if subject:
            which &= WebSession.subject == subject
    else:
        which = WebSession.subject == subject
    return _end((WebSession.issuer == issuer) & which)


def _end(which: Any) -> int:
    ended = session.execute(
        update(WebSession)
        .where(which, WebSession.ended_at.is_(None))
        .values(ended_at=clock.now(), data={})
    )
    return int(ended.rowcount)  # type: ignore[attr-defined]


def forget_old() -> int:
    """Delete sessions that ended long ago, and those in which nobody ever signed in."""
    now = clock.now()
    old = WebSession.expires_at < now - KEPT_AFTER_THE_END
    unknown = WebSession.user_id.is_(None) & (WebSession.last_seen_at < now - NEVER_SIGNED_IN)
    gone = session.execute(delete(WebSession).where(or_(old, unknown)))
    return int(gone.rowcount)  # type: ignore[attr-defined]
