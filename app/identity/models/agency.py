"""An agency: an organisation that uses this system."""

import enum
import uuid
from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.db import Base


class AgencyKind(enum.StrEnum):
    """What an agency does in a journey."""

    PRACTICE = "practice"
    REFERRER = "referring agency"
    LINK_WORKER_TEAM = "link worker team"
    VOLUNTARY = "voluntary organisation"
    COMMISSIONER = "commissioner"
    COUNCIL = "council"


class Agency(Base):
    """`issuers` are the OpenID providers its users may come from; empty means any configured."""

    __tablename__ = "agency"

    name: Mapped[str]
    kind: Mapped[str]
    ods_code: Mapped[str | None]
    notice_email: Mapped[str | None]
    issuers: Mapped[list[str]] = mapped_column(default=list)
    active: Mapped[bool] = mapped_column(default=True)


class SharingAgreement(Base):
    """What two agencies have agreed to exchange, for what, until when."""

    __tablename__ = "sharing_agreement"

    from_agency_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agency.id"))
    to_agency_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agency.id"))
    purpose: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    ended_at: Mapped[datetime | None]

    @property
    def in_force(self) -> bool:
        """Whether something may be sent along it today."""
        today = clock.today()
        not_over = self.ends_on is None or self.ends_on >= today
        return self.ended_at is None and self.starts_on <= today and not_over
