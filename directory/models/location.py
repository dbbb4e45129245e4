"""A location, and a service at a location."""

import enum
import uuid

from sqlalchemy import Computed, ForeignKey, types
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Base


class Point(types.UserDefinedType[str]):
    """PostgreSQL's own point type, on the grid."""

    cache_ok = True

    def get_col_spec(self, **_: object) -> str:
        """Its name in SQL."""
        return "point"


class Facility(enum.StrEnum):
    """What makes a location usable by more people."""

    STEP_FREE = "step-free entrance"
    TOILET = "accessible toilet"
    HEARING_LOOP = "hearing loop"
    PARKING = "blue badge parking"
    CHANGING = "baby changing"
    QUIET_ROOM = "quiet room"


class Location(Base):
    """A real place. Easting and northing are metres on the British National Grid."""

    __tablename__ = "location"

    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"))
    name: Mapped[str]
    address: Mapped[str] = mapped_column(default="")
    town: Mapped[str] = mapped_column(default="")
    postcode: Mapped[str] = mapped_column(default="")
    easting: Mapped[int | None]
    northing: Mapped[int | None]
    travel: Mapped[str] = mapped_column(default="")
    facilities: Mapped[list[str]] = mapped_column(default=list)
    access: Mapped[str] = mapped_column(default="")
    # Made by the database, for its spatial index; deferred, as only searches look at it.
    spot: Mapped[str | None] = mapped_column(
        Point, Computed("point(easting, northing)", persisted=True), deferred=True
    )

    @property
    def address_words(self) -> str:
        """The address on one line."""
        return ", ".join(part for part in (self.address, self.town, self.postcode) if part)


class ServiceAtLocation(Base):
    """That a service is offered at a location, in the order the organisation lists them."""

    __tablename__ = "service_at_location"

    service_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("service.id"))
    location_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("location.id"))
    position: Mapped[int] = mapped_column(default=0)
    location: Mapped[Location] = relationship(lazy="raise")
