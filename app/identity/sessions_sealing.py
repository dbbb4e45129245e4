"""Seal a text under a cookie's secret, which the database never has."""

import base64
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

NONCE_BYTES = 12


def seal_with(secret: str, text: str) -> str:
    """`text` as base64 that only `secret` opens."""
    nonce = os.urandom(NONCE_BYTES)
    return base64.b64encode(nonce + _box(secret).encrypt(nonce, text.encode(), None)).decode()


def open_with(secret: str, sealed: str) -> str:
    """The text again, or nothing when it was sealed under another secret."""
    try:
        blob = base64.b64decode(sealed, validate=True)
        return _box(secret).decrypt(blob[:NONCE_BYTES], blob[NONCE_BYTES:], None).decode()
    except (ValueError, InvalidTag):
        return ""


def _box(secret: str) -> AESGCM:
    derived = HKDF(hashes.SHA256(), 32, salt=None, info=b"trellis sign-out hint")
    return AESGCM(derived.derive(secret.encode()))
