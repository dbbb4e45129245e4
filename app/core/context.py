"""The signed statement of who is asking, which the database checks for itself.

`user|agency|reach|expiry|begun` and an HMAC-SHA256 over it (RFC 2104). PostgreSQL holds the two
padded keys, not the key, where only the policy role can read them (migration 0001). It is good
for the transaction that began at that microsecond, and no other (migration 0036).
"""

import hashlib
import hmac
import time
import uuid
from collections.abc import Callable
from typing import Any, LiteralString, Protocol

BLOCK = 64
LIFETIME_SECONDS = 120
BEGUN: LiteralString = "select (extract(epoch from now()) * 1000000)::bigint"
SAY: LiteralString = "select set_config('trellis.context', %s, true)"


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


def sign(asker: Asker, key: bytes, begun: int, at: float | None = None) -> str:
    """The context string of the transaction begun then, in microseconds since 1970.

    It runs out LIFETIME_SECONDS after `at`.
    """
    expiry = int((time.time() if at is None else at) + LIFETIME_SECONDS)
    reach = ",".join(sorted(asker.reach))
    body = f"{asker.user_id or ''}|{asker.agency_id or ''}|{reach}|{expiry}|{begun}"
    return f"{body}|{hmac.new(key, body.encode(), hashlib.sha256).hexdigest()}"


def say(execute: Callable[..., Any], asker: Asker, key: bytes, at: float | None = None) -> None:
    """Tell the database who asks, in the transaction that `execute` runs its statements in."""
    (begun,) = execute(BEGUN).fetchone()
    execute(SAY, (sign(asker, key, begun, at),))
