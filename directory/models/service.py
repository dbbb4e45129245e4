"""A service: what an organisation offers."""

import enum
import uuid
from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core import clock
from app.core.db import Base
from directory.models.ages import ages_words
from directory.models.capacity import Capacity
from directory.models.freshness import Freshness
from directory.models.location import ServiceAtLocation
from directory.models.organisation import Organisation
from directory.models.schedule import Schedule
from directory.models.taxonomy import SERVICE_TERM, TaxonomyTerm
from directory.models.timetable import Session

ALL = "all, delete-orphan"


class ServiceStatus(enum.StrEnum):
    """The four states of HSDS."""

    ACTIVE = "active"
    INACTIVE = "inactive"
    DEFUNCT = "defunct"
    TEMPORARILY_CLOSED = "temporarily closed"


class AccessMode(enum.StrEnum):
    """How people meet the service."""

    IN_PERSON = "in person"
    ONLINE = "online"
    PHONE = "by phone"
    AT_HOME = "at home"


class ServiceArea(Base):
    """Where people must live: a name and the outward codes it covers. None at all: anywhere."""

    __tablename__ = "service_area"

    service_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("service.id"))
    name: Mapped[str]
    outwards: Mapped[list[str]]


class Service(Base):
    """Change it only through the topics of `directory.actions`; each leaves a ListingChange."""

    __tablename__ = "service"

    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"))
    name: Mapped[str]
    description: Mapped[str] = mapped_column(default="")
    status: Mapped[str] = mapped_column(default=ServiceStatus.ACTIVE)
    alert: Mapped[str] = mapped_column(default="")
    eligibility: Mapped[str] = mapped_column(default="")
    minimum_age: Mapped[int | None]
    maximum_age: Mapped[int | None]
    fees: Mapped[str] = mapped_column(default="")
    self_referral: Mapped[bool] = mapped_column(default=True)
    accepts_referrals: Mapped[bool] = mapped_column(default=True)
    access_modes: Mapped[list[str]] = mapped_column(default=list)
    languages: Mapped[list[str]] = mapped_column(default=list)
    contact_name: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    url: Mapped[str] = mapped_column(default="")
    capacity_state: Mapped[str | None]
    capacity_places: Mapped[int | None]
    capacity_weeks: Mapped[int | None]
    capacity_updated_at: Mapped[datetime | None]
    assured_at: Mapped[datetime | None]
    assurer: Mapped[str] = mapped_column(default="")
    # Written by the database's own functions only, with each sign of life (directory.freshness).
    evidence: Mapped[str] = mapped_column(default="")
    doubt: Mapped[str] = mapped_column(default="")
    doubted_at: Mapped[datetime | None]
    prompts: Mapped[int] = mapped_column(default=0)
    prompted_at: Mapped[datetime | None]
    paused_until: Mapped[date | None]
    merged_into_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("service.id"))
    last_modified: Mapped[datetime] = mapped_column(default=clock.now)
    disclosure_profile_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("disclosure_profile.id")
    )
    version: Mapped[int] = mapped_column()

    organisation: Mapped[Organisation] = relationship(lazy="raise")
    terms: Mapped[list[TaxonomyTerm]] = relationship(
        secondary=SERVICE_TERM, lazy="raise", order_by=TaxonomyTerm.position
    )
    schedules: Mapped[list[Schedule]] = relationship(
        lazy="raise", cascade=ALL, order_by=Schedule.position
    )
    areas: Mapped[list[ServiceArea]] = relationship(
        lazy="raise", cascade=ALL, order_by=ServiceArea.name
    )
    places: Mapped[list[ServiceAtLocation]] = relationship(
        lazy="raise", cascade=ALL, order_by=ServiceAtLocation.position
    )

    __mapper_args__ = {"version_id_col": version}

    @property
    def capacity(self) -> Capacity:
        """The state of places as a value with words."""
        return Capacity.stored(self)

    @property
    def ages_words(self) -> str:
        """Who it is for by age; empty when it is for everybody."""
        return ages_words(self.minimum_age, self.maximum_age)

    @property
    def times_words(self) -> list[str]:
        """When it happens, as a poster says it."""
        return [Session.of(row).words for row in self.schedules]

    @property
    def freshness(self) -> Freshness:
        """How long ago somebody said that the listing is right."""
        return Freshness(self.assured_at, self.evidence, self.doubt, self.doubted_at)
