"""What an editor without an account says by a mailed link: one answer, and it is used up."""

from typing import Any

from sqlalchemy import cast, func, select
from sqlalchemy.dialects.postgresql import JSONB

from app.core.db import session
from app.core.errors import Conflict
from directory.actions.topics.topic import Topic
from directory.freshness.queries.link import digest_of

USED = "This link has been used already, or it is too old. Ask for a new one."
Change = tuple[Topic, Topic]


def confirm(secret: str) -> None:
    """Say that the listing is still correct. Raises Conflict when the link is used up."""
    _use(func.trellis.confirm_by_link(digest_of(secret)))


def propose(secret: str, changes: list[Change], note: str) -> None:
    """Send (before, after) of each changed topic to the curator, and a note in words.

    Raises:
        Conflict: the link is used up.
    """
    said: list[dict[str, Any]] = [
        {"topic": after.slug, "before": before.stored(), "after": after.stored()}
        for before, after in changes
    ]
    _use(func.trellis.propose_by_link(digest_of(secret), cast(said, JSONB), note))


def answer_claim(secret: str, *, ours: bool) -> None:
    """Say whether somebody who claims a listing may. Raises Conflict when the link is used up."""
    _use(func.trellis.answer_claim(digest_of(secret), ours))


def _use(function: Any) -> None:
    if not session.scalar(select(function)):
        raise Conflict(USED)
