"""The person referred, as the agency that first knew them wrote them down."""

import uuid
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.core import blind_index
from app.core.db import Base
from app.core.sealing import SealedGroup

NO_KNOWN_PRACTICE = "none"


@dataclass(frozen=True)
class Identity:
    """Who they are; blank in a draft.

    `nhs_number` is ten digits or empty; `gender` and `ethnicity` are codes.
    """

    given_name: str = ""
    family_name: str = ""
    date_of_birth: date | None = None
    preferred_name: str = ""
    nhs_number: str = ""
    pronoun: str = ""
    gender: str = ""
    ethnicity: str = ""

    @property
    def full_name(self) -> str:
        """Given and family name, as written."""
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def called(self) -> str:
        """What they like to be called."""
        return self.preferred_name or self.given_name


@dataclass(frozen=True)
class Channel:
    """One telephone number or e-mail address, and whether a message may be left there."""

    kind: str
    value: str
    safe_to_leave_message: bool = False
    preferred: bool = False


@dataclass(frozen=True)
class Contact:
    """How to reach them. `practice_code` is an ODS code, or NO_KNOWN_PRACTICE."""

    address: str = ""
    postcode: str = ""
    channels: tuple[Channel, ...] = ()
    practice_code: str = NO_KNOWN_PRACTICE
    practice_name: str = ""


@dataclass(frozen=True)
class Requirements:
    """What they need in order to be met: accessible information, interpreter, adjustments."""

    information_formats: tuple[str, ...] = ()
    communication_support: str = ""
    interpreter_language: str = ""
    mobility: str = ""
    adjustments: str = ""


def index_terms(identity: Identity) -> blind_index.Terms:
    """What a person can be found by: the NHS number, or family name with date of birth."""
    return blind_index.Terms(
        nhs_number=identity.nhs_number,
        family_name=identity.family_name,
        date_of_birth=identity.date_of_birth,
    )


class Person(Base):
    """Everything about them is sealed; `agency_id` is the agency that wrote them down."""

    __tablename__ = "person"

    agency_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agency.id"))
    version: Mapped[int] = mapped_column()

    identity = SealedGroup("identity", Identity, indexed=index_terms)
    contact = SealedGroup("contact", Contact)
    requirements = SealedGroup("requirements", Requirements)

    __mapper_args__ = {"version_id_col": version}

    @property
    def person_id(self) -> uuid.UUID:
        """Their own id: whose key seals this row."""
        return self.id
