"""A signpost: telling somebody of a service. It sends nothing and shares nothing."""

import uuid

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base


class Signpost(Base):
    """Recorded apart from onward referrals (PRSB)."""

    __tablename__ = "signpost"

    referral_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("referral.id"))
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    need_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("need.id"))
    service_id: Mapped[uuid.UUID]
    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("app_user.id"))
