"""A listing: the row a search looks at, one for each service, kept by the database's triggers."""

from sqlalchemy import Boolean, Column, ForeignKey, Integer, Table, Text
from sqlalchemy.dialects.postgresql import ARRAY, TSVECTOR, UUID

from app.core.db import Base

LISTING = Table(
    "listing",
    Base.metadata,
    Column("service_id", ForeignKey("service.id"), primary_key=True),
    Column("is_open", Boolean, nullable=False),
    Column("sort_name", Text, nullable=False),
    Column("words", TSVECTOR, nullable=False),
    Column("term_ids", ARRAY(UUID(as_uuid=True)), nullable=False),
    Column("outwards", ARRAY(Text), comment="null: serves everywhere"),
    Column("minimum_age", Integer),
    Column("maximum_age", Integer),
    Column("place_count", Integer, nullable=False, comment="places whose spot is known"),
    Column("easting", Integer, comment="of the only place; null with none or several"),
    Column("northing", Integer),
    Column("facets", ARRAY(Text), nullable=False, comment="day.monday, cost.free, …"),
)
