"""What a reader, or an editor without an account, says is wrong with a listing."""

import uuid

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base
from directory.curation.models.decision import Decided


class ListingReport(Decided, Base):
    """Nobody knows who wrote it; written by the database's own functions."""

    __tablename__ = "listing_report"

    service_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("service.id"))
    kind: Mapped[str]
    words: Mapped[str]
    decided_words: Mapped[str] = mapped_column(default="")
