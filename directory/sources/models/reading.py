"""One reading of a source: what came of it, in numbers and row by row."""

from sqlalchemy import Boolean, Column, DateTime, ForeignKey, Integer, Table, Text
from sqlalchemy.dialects.postgresql import JSONB, UUID

from app.core.db import Base

IMPORT = Table(
    "source_import",
    Base.metadata,
    Column("id", UUID(as_uuid=True), primary_key=True),
    Column("source_id", ForeignKey("directory_source.id"), nullable=False),
    Column("started_at", DateTime(timezone=True), nullable=False),
    Column("ended_at", DateTime(timezone=True)),
    Column("counts", JSONB, nullable=False),
    Column("dry_run", Boolean, nullable=False),
    Column("failure", Text, nullable=False),
)

REMARK = Table(
    "source_remark",
    Base.metadata,
    Column("import_id", ForeignKey("source_import.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("outcome", Text, nullable=False),
    Column("external_id", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("about", Text, nullable=False),
    Column("value", Text, nullable=False),
    Column("reason", Text, nullable=False),
)
