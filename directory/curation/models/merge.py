"""Two listings that may be one, and their reversible merge."""

import uuid
from datetime import datetime

from sqlalchemy import ARRAY, ForeignKey, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base
from directory.curation.models.decision import Decided


class DuplicatePair(Decided, Base):
    """Found by the database; `why` says what the two have in common."""

    __tablename__ = "duplicate_pair"

    first_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("service.id"))
    second_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("service.id"))
    why: Mapped[list[str]]


class ListingMerge(Base):
    """That `gone` now leads to `kept`, and all that is needed to part them again."""

    __tablename__ = "listing_merge"

    kept_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("service.id"))
    gone_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("service.id"))
    status_before: Mapped[str]
    change_ids: Mapped[list[uuid.UUID]] = mapped_column(ARRAY(Uuid))
    by_user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("app_user.id"))
    by_name: Mapped[str]
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("app_user.id"))
    undone_name: Mapped[str] = mapped_column(default="")
