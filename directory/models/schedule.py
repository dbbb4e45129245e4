"""When a service happens: one repeating time, in the terms of RFC 5545."""

import enum
import uuid
from datetime import time

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base


class Day(enum.StrEnum):
    """The days of the week as calendars write them."""

    MONDAY = "MO"
    TUESDAY = "TU"
    WEDNESDAY = "WE"
    THURSDAY = "TH"
    FRIDAY = "FR"
    SATURDAY = "SA"
    SUNDAY = "SU"


class Repeat(enum.StrEnum):
    """How often: weekly ones by interval, monthly ones by which week of the month."""

    WEEKLY = "every week"
    FORTNIGHTLY = "every two weeks"
    FIRST = "first of the month"
    SECOND = "second of the month"
    THIRD = "third of the month"
    FOURTH = "fourth of the month"
    LAST = "last of the month"


NTH = {Repeat.FIRST: 1, Repeat.SECOND: 2, Repeat.THIRD: 3, Repeat.FOURTH: 4, Repeat.LAST: -1}


class Schedule(Base):
    """`byday` is "MO,WE" when weekly and "1TU" when monthly."""

    __tablename__ = "schedule"

    service_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("service.id"))
    freq: Mapped[str] = mapped_column(default="WEEKLY")
    interval: Mapped[int] = mapped_column(default=1)
    byday: Mapped[str]
    opens_at: Mapped[time | None]
    closes_at: Mapped[time | None]
    note: Mapped[str] = mapped_column(default="")
    position: Mapped[int] = mapped_column(default=0)
