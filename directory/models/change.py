"""A change to a listing: what one topic of it said before and after. Written once."""

import uuid
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base


class ListingChange(Base):
    """The history of a listing; an undo is itself a change, pointing at what it undoes."""

    __tablename__ = "listing_change"

    service_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("service.id"))
    topic: Mapped[str]
    before: Mapped[dict[str, Any]] = mapped_column(JSONB)
    after: Mapped[dict[str, Any]] = mapped_column(JSONB)
    by_user_id: Mapped[uuid.UUID]
    by_name: Mapped[str]
    agency_id: Mapped[uuid.UUID]
    undoes_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("listing_change.id"))
