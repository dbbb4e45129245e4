"""Messages as they are read: who wrote each, and its words, or that it does not open."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.core.sealing import entries
from referrals.finish.models.message import Message
from referrals.finish.queries import message as messages
from referrals.record.models.referral import Referral
from referrals.record.queries import names


@dataclass(frozen=True)
class Letters:
    """Entries newest first: `.row` the message, `.value` its letter."""

    entries: list[Any]
    names: dict[UUID, str]
    rows: Sequence[Message]


def of(referral: Referral) -> Letters:
    """The messages about one referral. Two statements."""
    rows = messages.of_referral(referral)
    shown = entries(rows, lambda row: row.words)
    return Letters(shown, names.of_users(one.user_id for one in rows), rows)
