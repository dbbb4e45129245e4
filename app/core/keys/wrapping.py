"""One key sealed under another, bound to what it is for."""

import hmac
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.core.keys.derivation import commitment

NONCE_BYTES = 12


class DoesNotOpen(Exception):
    """Something sealed is not what was sealed, or not here, or not with this key."""


def wrap(key: bytes, plain: bytes, about: bytes) -> bytes:
    """Seal `plain` under `key`; it opens again only with the same `about`."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, about)


def unwrap(key: bytes, wrapped: bytes, about: bytes) -> bytes:
    """The bytes that were wrapped.

    Raises:
        DoesNotOpen: without saying why.
    """
    try:
        return AESGCM(key).decrypt(wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], about)
    except (InvalidTag, ValueError):
        raise DoesNotOpen from None


def check_commitment(key: bytes, promised: bytes, about: bytes) -> None:
    """Refuse a key that is not the one promised when it was stored."""
    if not hmac.compare_digest(commitment(key, about), promised):
        raise DoesNotOpen
