"""A claim: an agency says that an organisation of the directory is itself."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base
from directory.curation.models.decision import Decided


class ListingClaim(Decided, Base):
    """`checked_at`: when the published address said that it is right; `proof`: what else did."""

    __tablename__ = "listing_claim"

    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"))
    agency_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agency.id"))
    agency_name: Mapped[str]
    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("app_user.id"))
    by_name: Mapped[str]
    how: Mapped[str]
    checked_at: Mapped[datetime | None]
    disowned_at: Mapped[datetime | None]
    proof: Mapped[str] = mapped_column(default="")
    decided_words: Mapped[str] = mapped_column(default="")

    @property
    def checked_words(self) -> str:
        """How far the check has come."""
        if self.disowned_at:
            return "Whoever reads mail at the published address says no: they do not speak for us"
        if self.how == "charity number":
            return "They gave the published charity number. Anybody can read it: it proves nothing"
        if self.checked_at:
            return "Whoever reads mail at the published address says yes"
        return "Asked at the published e-mail address; no answer yet"
