"""The digest of a row's sealed blobs, which the audit trail keeps."""

import hashlib
from collections.abc import Iterable
from typing import Any

from app.core.keys.derivation import encoded
from app.core.sealing import registry


def sealed_digest(row: Any) -> bytes | None:
    """SHA-256 over the blobs of a stored row; None when its table has no sealed group."""
    columns = registry.of_table(getattr(row, "__tablename__", ""))
    if not columns:
        return None
    return digest_of((one.column, getattr(row, one.column)) for one in columns)


def digest_of(blobs: Iterable[tuple[str, bytes | None]]) -> bytes:
    """SHA-256 over blobs by column name, in the order of the names.

    NULL is left out, so that a column added later leaves the digest of every row as it was.
    The database makes the same (migration `integrity`).
    """
    there = sorted((name, bytes(blob)) for name, blob in blobs if blob is not None)
    parts = (part for name, blob in there for part in (name.encode(), blob))
    return hashlib.sha256(encoded(*parts)).digest()
