"""A user: somebody who signs in. Known by issuer and subject, never by e-mail."""

import enum
import uuid
from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base


class UserStatus(enum.StrEnum):
    """Whether a user may come in."""

    WAITING = "waiting"
    ACTIVE = "active"
    SUSPENDED = "suspended"


class User(Base):
    """`app_user` in the database, because `user` is a reserved word there."""

    __tablename__ = "app_user"

    name: Mapped[str]
    email: Mapped[str] = mapped_column(default="")
    issuer: Mapped[str]
    subject: Mapped[str]
    status: Mapped[str] = mapped_column(default=UserStatus.WAITING)
    wanted_agency_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("agency.id"))
    last_seen_at: Mapped[datetime | None]


class Membership(Base):
    """The roles of one user in one agency, until it is ended."""

    __tablename__ = "membership"

    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("app_user.id"))
    agency_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agency.id"))
    roles: Mapped[list[str]]
    ended_at: Mapped[datetime | None]
