"""GP practices by their ODS code: facts loaded from a file, never written by a page."""

from dataclasses import dataclass

from sqlalchemy import Column, Date, Table, Text
from sqlalchemy.dialects.postgresql import TSVECTOR

from app.core.db import Base

PRACTICE = Table(
    "practice",
    Base.metadata,
    Column("code", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("postcode", Text, nullable=False),
    Column("phone", Text, nullable=False),
    Column("closed_on", Date),
    Column("words", TSVECTOR, comment="made by the database"),
)


@dataclass(frozen=True)
class Practice:
    """One practice. `closed`: it is not open any more, which is said rather than hidden."""

    code: str
    name: str
    address: str
    postcode: str
    closed: bool = False

    @property
    def label(self) -> str:
        """Its name and code, as a form keeps it: "Elm Surgery (A81001)"."""
        return f"{self.name} ({self.code})"

    @property
    def words(self) -> str:
        """What tells it from others of a like name."""
        where = ", ".join(part for part in (self.address, self.postcode) if part)
        return f"{self.label}, {where}{' – closed' if self.closed else ''}"
