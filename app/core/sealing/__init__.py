"""Sealed records: sensitivity groups that open only in their place, with their person's key."""

from app.core.sealing.digest import sealed_digest
from app.core.sealing.entries import Entry, entries
from app.core.sealing.group import OptionalSealedGroup, SealedGroup

__all__ = ["Entry", "OptionalSealedGroup", "SealedGroup", "entries", "sealed_digest"]
