"""A change that waits for a curator: what a topic said, and what it should say."""

import uuid
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base
from directory.curation.models.decision import Decided


class ProposedChange(Decided, Base):
    """By a coordinator who is not verified, or (without a user) by a mailed link."""

    __tablename__ = "proposed_change"

    service_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("service.id"))
    topic: Mapped[str]
    before: Mapped[dict[str, Any]] = mapped_column(JSONB)
    after: Mapped[dict[str, Any]] = mapped_column(JSONB)
    by_user_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("app_user.id"))
    by_name: Mapped[str]
    agency_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("agency.id"))
    decided_words: Mapped[str] = mapped_column(default="")
    change_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("listing_change.id"))
