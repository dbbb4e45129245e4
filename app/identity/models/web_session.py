"""One browser's sign-in, kept in the database so that it can be taken away."""

import uuid
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, stamp


class WebSession(Base):
    """`digest` is the SHA-256 of the cookie's 256-bit secret; the secret itself is not kept.

    `proof` binds secret, user and end together: a row put there, or given to somebody else, by
    injected SQL opens nothing. `assurance_proof` does the same for `proved_at` and `acr`.
    """

    __tablename__ = "web_session"

    digest: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    user_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("app_user.id"))
    agency_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("agency.id"))
    provider: Mapped[str | None]
    issuer: Mapped[str | None]
    subject: Mapped[str | None]
    provider_session: Mapped[str | None]
    data: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)
    last_seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    proof: Mapped[bytes | None] = mapped_column(LargeBinary)
    proved_at: Mapped[datetime | None]
    acr: Mapped[str | None]
    assurance_proof: Mapped[bytes | None] = mapped_column(LargeBinary)
    ods_code: Mapped[str | None]


def proof_of(row: Any) -> bytes:
    """What only the application can put into `proof` of this row."""
    ends = row.expires_at.astimezone(UTC).isoformat()
    only = f"|{row.ods_code}" if row.ods_code else ""
    return stamp(f"{row.id}|{row.digest.hex()}|{row.user_id}|{ends}{only}")


def assurance_proof_of(row: Any) -> bytes:
    """What only the application can put into `assurance_proof` of this row."""
    when = row.proved_at.astimezone(UTC).isoformat() if row.proved_at else ""
    return stamp(f"assurance|{row.id}|{row.digest.hex()}|{when}|{row.acr or ''}")
