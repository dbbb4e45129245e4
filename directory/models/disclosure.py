"""A disclosure profile: which fields an onward referral to a kind of service may carry."""

import enum

from sqlalchemy import ARRAY, Column, DateTime, ForeignKey, Integer, Table, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base


class Field(enum.StrEnum):
    """The closed list of what can be disclosed; the values are the words a person reads."""

    NAME = "name"
    PREFERRED_NAME = "preferred name"
    DATE_OF_BIRTH = "date of birth"
    AGE_BAND = "age band"
    PHONE = "phone"
    EMAIL = "e-mail"
    ADDRESS = "address"
    POSTCODE_AREA = "postcode area"
    NEEDS = "needs"
    REASON = "reason"
    OWN_WORDS = "the person's words"
    ACCESS_NEEDS = "access needs"
    VISIT_RISKS = "risks relevant to visits"
    GP_PRACTICE = "GP practice"


class DisclosureProfile(Base):
    """`fields` holds values of Field; `words` says in plain English what is shared and why."""

    __tablename__ = "disclosure_profile"

    code: Mapped[str]
    name: Mapped[str]
    words: Mapped[str]
    fields: Mapped[list[str]]
    # Counted by the database: every change of the fields or the words is a version (0017).
    version: Mapped[int] = mapped_column(default=1)
    changed_by: Mapped[str] = mapped_column(default="")


# What a profile said in each version. Written once, by the database.
PROFILE_VERSION = Table(
    "disclosure_profile_version",
    Base.metadata,
    Column("profile_id", ForeignKey("disclosure_profile.id"), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("fields", ARRAY(Text), nullable=False),
    Column("words", Text, nullable=False),
    Column("changed_by", Text, nullable=False),
)
