"""A withdrawal: what a receiving agency still sees of an onward referral taken back."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base


class Withdrawal(Base):
    """A reference and no person. Written by the database's own function (migration 0008)."""

    __tablename__ = "withdrawal"

    referral_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("referral.id"))
    onward_referral_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("onward_referral.id"))
    to_agency_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agency.id"))
    service_id: Mapped[uuid.UUID]
    reference: Mapped[str]
    acknowledged_at: Mapped[datetime | None]
    acknowledged_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("app_user.id"))
