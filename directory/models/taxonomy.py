"""A taxonomy of needs, and its terms with the words people use for them every day."""

import uuid

from sqlalchemy import Column, Computed, ForeignKey, Table
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Base

NEEDS = "Needs"

SERVICE_TERM = Table(
    "service_term",
    Base.metadata,
    Column("service_id", ForeignKey("service.id"), primary_key=True),
    Column("term_id", ForeignKey("taxonomy_term.id"), primary_key=True),
)


class Taxonomy(Base):
    """A list of terms kept by somebody, in one version."""

    __tablename__ = "taxonomy"

    name: Mapped[str]
    description: Mapped[str] = mapped_column(default="")
    uri: Mapped[str] = mapped_column(default="")
    version: Mapped[str] = mapped_column(default="")
    terms: Mapped[list["TaxonomyTerm"]] = relationship(
        lazy="raise", order_by="TaxonomyTerm.position", viewonly=True
    )


class TaxonomyTerm(Base):
    """One need or kind of help; a term without a parent is a group of them."""

    __tablename__ = "taxonomy_term"

    taxonomy_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("taxonomy.id"))
    code: Mapped[str]
    name: Mapped[str]
    synonyms: Mapped[list[str]] = mapped_column(default=list)
    parent_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("taxonomy_term.id"))
    position: Mapped[int] = mapped_column(default=0)
    disclosure_profile_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("disclosure_profile.id")
    )
    # Made by the database from name and synonyms; deferred, as only searches look at it.
    words: Mapped[str] = mapped_column(
        TSVECTOR, Computed("trellis.said_of(name, synonyms)", persisted=True), deferred=True
    )
    taxonomy: Mapped[Taxonomy] = relationship(lazy="raise")
