"""Until when a person's records are kept, known by their references only."""

import enum
import uuid
from dataclasses import dataclass
from datetime import date


class Rule(enum.StrEnum):
    """Which rule decides: that of the referral that is kept longest."""

    ADULT = "adult"
    CHILD = "child"
    DECLINED = "declined"


@dataclass(frozen=True)
class Kept:
    """Everything about one person; `refs` are those of referrals the actor's agency knows.

    `due_on` is None while a referral is open.
    """

    person_id: uuid.UUID
    refs: list[str]
    is_open: bool
    ended_on: date | None
    rule: str
    due_on: date | None
    erased: bool

    def is_due(self, today: date) -> bool:
        """Whether the time for which the records had to be kept is over."""
        return self.due_on is not None and self.due_on <= today and not self.erased
