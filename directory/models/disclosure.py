"""A disclosure profile: which fields an onward referral to a kind of service may carry."""

import enum

from sqlalchemy.orm import Mapped

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
