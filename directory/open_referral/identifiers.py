"""Identifiers for the parts that Open Referral gives a record of their own and we do not."""

import uuid


def made_of(parent: uuid.UUID, *words: str) -> uuid.UUID:
    """The same parent and words give the same identifier, on every day and machine."""
    return uuid.uuid5(parent, "/".join(words))
