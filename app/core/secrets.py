"""Keys for single purposes, derived from the installation's secret key."""

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


def derive(secret_key: bytes, purpose: str) -> bytes:
    """32 bytes for one purpose (HKDF, RFC 5869), such as `context` or `csrf`."""
    return HKDF(hashes.SHA256(), 32, salt=None, info=f"trellis {purpose}".encode()).derive(
        secret_key
    )
