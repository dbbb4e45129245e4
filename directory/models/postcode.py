"""Postcodes and where they are: facts loaded from a file, never written by a page."""

from sqlalchemy import Boolean, Column, Integer, Table, Text

from app.core.db import Base

POSTCODE = Table(
    "postcode",
    Base.metadata,
    Column("code", Text, primary_key=True, comment="without a space: QS11AA"),
    Column("outward", Text, nullable=False),
    Column("easting", Integer, nullable=False),
    Column("northing", Integer, nullable=False),
    Column("place", Text, nullable=False),
    Column("ended", Boolean, nullable=False, default=False),
)

OUTWARD_CODE = Table(
    "outward_code",
    Base.metadata,
    Column("outward", Text, primary_key=True),
    Column("easting", Integer, nullable=False),
    Column("northing", Integer, nullable=False),
    Column("place", Text, nullable=False),
)
