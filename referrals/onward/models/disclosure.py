"""A disclosure: one sealed record of exactly what was sent to whom, on what basis."""

import uuid
from dataclasses import dataclass

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base
from app.core.sealing import SealedGroup


@dataclass(frozen=True)
class Snapshot:
    """The fields that crossed, as words: (label, value) in the order shown in the preview."""

    lines: tuple[tuple[str, str], ...] = ()


class Disclosure(Base):
    """Written once with its onward referral. `fields` names what the profile let through."""

    __tablename__ = "disclosure"

    referral_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("referral.id"))
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    onward_referral_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("onward_referral.id"))
    service_id: Mapped[uuid.UUID]
    to_agency_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agency.id"))
    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("app_user.id"))
    profile: Mapped[str]
    profile_version: Mapped[str] = mapped_column(default="")
    fields: Mapped[list[str]]
    basis: Mapped[str]

    snapshot = SealedGroup("snapshot", Snapshot)
