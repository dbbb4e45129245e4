"""The row version: what somebody decides on must be what is there."""

from typing import Protocol

from app.core.errors import Conflict


class Versioned(Protocol):
    """A stored row that counts its changes."""

    version: int


def require_version(row: Versioned, seen: int) -> None:
    """Raise Conflict unless the row is as it was when the actor's page was made."""
    if row.version != seen:
        raise Conflict("Somebody else changed this while your page was open.")
