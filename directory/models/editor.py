"""Editors whose changes a curator has learnt to trust."""

from sqlalchemy import Column, DateTime, ForeignKey, Table

from app.core.db import Base

VERIFIED_EDITOR = Table(
    "verified_editor",
    Base.metadata,
    Column("organisation_id", ForeignKey("organisation.id"), primary_key=True),
    Column("user_id", ForeignKey("app_user.id"), primary_key=True),
    Column("verified_at", DateTime(timezone=True), nullable=False),
    Column("verified_by", ForeignKey("app_user.id"), nullable=False),
)
