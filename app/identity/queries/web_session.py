"""Find a browser's session, its user, and where they may act, in one query."""

import hmac
import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, and_, bindparam, func, or_, select

from app.core.db import session
from app.identity.actor import Actor, Role
from app.identity.models.agency import Agency
from app.identity.models.user import Membership, User, UserStatus
from app.identity.models.web_session import WebSession, assurance_proof_of, proof_of

ROLES = {str(role): role for role in Role}


@dataclass(frozen=True)
class Opened:
    """A session that is still good, as it stands in the database at this request."""

    id: uuid.UUID
    user_id: uuid.UUID | None
    agency_id: uuid.UUID | None
    provider: str
    subject: str
    data: dict[str, Any]
    last_seen_at: datetime
    user_name: str
    user_status: str
    acting_for: tuple[Actor, ...]

    @property
    def actor(self) -> Actor | None:
        """The actor for the agency that was chosen, if they may still act for it.

        Whoever signed in while they waited to be let in has none to choose between.
        """
        if self.agency_id is None and len(self.acting_for) == 1:
            return self.acting_for[0]
        found = [one for one in self.acting_for if one.agency_id == self.agency_id]
        return found[0] if found else None


def _is_ours(row: Row[Any]) -> bool:
    return hmac.compare_digest(row.proof or b"", proof_of(row))


def _opened(row: Row[Any], places: list[Row[Any]]) -> Opened:
    return Opened(
        id=row.id,
        user_id=row.user_id,
        agency_id=row.agency_id,
        provider=row.provider or "",
        subject=row.subject or "",
        data=row.data,
        last_seen_at=row.last_seen_at,
        user_name=row.user_name or "",
        user_status=row.status or "",
        acting_for=tuple(_actor(place) for place in places),
    )


def _actor(row: Row[Any]) -> Actor:
    return Actor(
        user_id=row.user_id,
        agency_id=row.acting_for_id,
        roles=frozenset(ROLES[word] for word in row.roles if word in ROLES),
        name=row.user_name,
        agency_name=row.agency_name,
        agency_kind=row.agency_kind,
        **_assurance(row),
    )


def _assurance(row: Row[Any]) -> dict[str, Any]:
    if not hmac.compare_digest(row.assurance_proof or b"", assurance_proof_of(row)):
        return {}
    return {"proved_at": row.proved_at, "acr": row.acr or ""}


COLUMNS = (
    WebSession.id,
    WebSession.digest,
    WebSession.proof,
    WebSession.expires_at,
    WebSession.user_id,
    WebSession.agency_id,
    WebSession.provider,
    WebSession.subject,
    WebSession.proved_at,
    WebSession.acr,
    WebSession.assurance_proof,
    WebSession.ods_code,
    WebSession.data,
    WebSession.last_seen_at,
    User.name.label("user_name"),
    User.status,
    Membership.roles,
    Agency.id.label("acting_for_id"),
    Agency.name.label("agency_name"),
    Agency.kind.label("agency_kind"),
)


def _statement() -> Select[Any]:
    good = and_(
        WebSession.digest == bindparam("digest"),
        WebSession.ended_at.is_(None),
        WebSession.expires_at > bindparam("now"),
        WebSession.last_seen_at > bindparam("seen_after"),
    )
    live = and_(Membership.user_id == User.id, Membership.ended_at.is_(None))
    welcome = or_(func.cardinality(Agency.issuers) == 0, User.issuer == func.any(Agency.issuers))
    its_role = or_(WebSession.ods_code.is_(None), Agency.ods_code == WebSession.ods_code)
    place = and_(Agency.id == Membership.agency_id, Agency.active, welcome, its_role)
    return (
        select(*COLUMNS)
        .outerjoin(User, User.id == WebSession.user_id)
        .outerjoin(Membership, and_(live, User.status == UserStatus.ACTIVE))
        .outerjoin(Agency, place)
        .where(good)
        .order_by(Agency.name)
    )


# Built once: putting it together takes as long as running it.
STATEMENT = _statement()


def opened(digest: bytes, now: datetime, seen_after: datetime) -> Opened | None:
    """The live session with this digest; None when there is none, or it ended or ran out."""
    asked = {"digest": digest, "now": now, "seen_after": seen_after}
    rows = session.execute(STATEMENT, asked).all()
    if not rows or not _is_ours(rows[0]):
        return None
    return _opened(rows[0], [row for row in rows if row.agency_name])
