"""A quality check: something a curator saw with their own eyes, good until a day."""

import enum
import uuid
from datetime import date

from sqlalchemy import Column, ForeignKey, Table, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base


class CheckKind(enum.StrEnum):
    """What is looked at."""

    SAFEGUARDING = "safeguarding policy"
    INSURANCE = "insurance"
    DBS = "DBS checks"
    DATA_PROTECTION = "data protection"


class Rule(enum.StrEnum):
    """What may be sent to a service while one of its checks has lapsed, the strictest first."""

    NOTHING = "nothing"
    LEAST = "least"
    WARN = "warn"


RULE_WORDS = {
    Rule.NOTHING: "Nothing is sent until a new one has been seen",
    Rule.LEAST: "Only a name and a telephone number are sent",
    Rule.WARN: "Everything is sent, and whoever sends it is told",
}


class QualityCheck(Base):
    """The newest of its kind counts; older ones stay as history."""

    __tablename__ = "quality_check"

    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"))
    kind: Mapped[str]
    seen_on: Mapped[date]
    valid_until: Mapped[date]
    seen_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("app_user.id"))
    seen_by_name: Mapped[str]
    note: Mapped[str] = mapped_column(default="")


CHECK_RULE = Table(
    "check_rule",
    Base.metadata,
    Column("kind", Text, primary_key=True),
    Column("rule", Text, nullable=False),
)
