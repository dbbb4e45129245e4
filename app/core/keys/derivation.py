"""From one key to others: an unambiguous encoding, HKDF-Expand, and a key commitment."""

import hashlib
import hmac

KEY_BYTES = 32


def encoded(*parts: bytes) -> bytes:
    """Join `parts`, each after its length, so that no two lists of parts look the same."""
    return b"".join([len(part).to_bytes(4) + part for part in parts])


def expand(key: bytes, purpose: bytes, *about: bytes) -> bytes:
    """32 bytes for one purpose: HKDF-Expand with SHA-256 (RFC 5869).

    One block is exactly one HMAC, which is faster than going through a library object.
    """
    return hmac.digest(key, encoded(purpose, *about) + b"\x01", hashlib.sha256)


def commitment(key: bytes, *about: bytes) -> bytes:
    """What binds whoever stored `key` to that key and no other.

    AES-GCM alone does not: one ciphertext may open under two keys made for the purpose.
    """
    return expand(key, b"trellis key commitment", *about)
