"""The signed statement of who is asking, which the database checks for itself.

`user|agency|reach|expiry` and an HMAC-SHA256 over it (RFC 2104). PostgreSQL holds the two
padded keys, not the key, where only the policy role can read them (migration 0001).
"""

import hashlib
import hmac
import time
import uuid
from typing import Protocol

BLOCK = 64
LIFETIME_SECONDS = 120


class Asker(Protocol):
    """Whoever a transaction is for: an actor, or nobody."""

    @property
    def user_id(self) -> uuid.UUID | None:
        """The person at the keyboard."""

    @property
    def agency_id(self) -> uuid.UUID | None:
        """The agency they act for."""

    @property
    def reach(self) -> frozenset[str]:
        """The kinds of relationship to a referral that they may use."""


class Nobody:
    """The public, and a browser that has not signed in: sees no person-bearing row."""

    user_id: uuid.UUID | None = None
    agency_id: uuid.UUID | None = None
    reach: frozenset[str] = frozenset()


NOBODY = Nobody()


def padded_keys(key: bytes) -> tuple[bytes, bytes]:
    """The inner and outer key of HMAC-SHA256, as the database keeps them."""
    block = key.ljust(BLOCK, b"\0")
    return bytes(b ^ 0x36 for b in block), bytes(b ^ 0x5C for b in block)


def sign(asker: Asker, key: bytes, at: float | None = None) -> str:
    """The context string of one transaction; it runs out LIFETIME_SECONDS after `at`."""
    expiry = int((time.time() if at is None else at) + LIFETIME_SECONDS)
    reach = ",".join(sorted(asker.reach))
    body = f"{asker.user_id or ''}|{asker.agency_id or ''}|{reach}|{expiry}"
    return f"{body}|{hmac.new(key, body.encode(), hashlib.sha256).hexdigest()}"
