"""An organisation: an entry in the directory, which may or may not be an agency."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.db import Base


class Organisation(Base):
    """`agency_id` is set when the organisation also uses this system and answers for itself.

    With `checks_editors`, what its editors write waits for a curator until they are verified.
    """

    __tablename__ = "organisation"

    name: Mapped[str]
    description: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    url: Mapped[str] = mapped_column(default="")
    charity_number: Mapped[str | None]
    company_number: Mapped[str | None]
    agency_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("agency.id"))
    checks_editors: Mapped[bool] = mapped_column(default=True)
    last_modified: Mapped[datetime] = mapped_column(default=clock.now)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}
