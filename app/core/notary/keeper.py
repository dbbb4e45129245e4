"""The notary: nobody at the keyboard; it reaches the ledger and nobody's record."""

import uuid
from urllib.parse import urlsplit

from app.core.ledger.note import Signer
from config.settings import Settings


class Notary:
    """Whoever seals."""

    user_id: uuid.UUID | None = None
    agency_id: uuid.UUID | None = None
    reach: frozenset[str] = frozenset({"seal"})


NOTARY = Notary()


class NoAuditKey(Exception):
    """There is nothing to sign checkpoints with; the message says what to do."""


def origin(settings: Settings) -> str:
    """Whose ledger it is, as every checkpoint says."""
    return f"{urlsplit(settings.public_url).netloc}/audit"


def signers(settings: Settings) -> list[Signer]:
    """One signer a key, oldest first: while a key is exchanged, both sign.

    Raises:
        NoAuditKey: the settings name none.
    """
    if not settings.audit_keys:
        raise NoAuditKey(
            "TRELLIS_AUDIT_KEY or TRELLIS_AUDIT_KEY_FILE must give 32 bytes in base64:"
            " the audit trail is sealed with it (`trellis keys create` makes one)"
        )
    return [Signer(origin(settings), key) for key in settings.audit_keys]
