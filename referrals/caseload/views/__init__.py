"""Pages of the caseload; importing them puts them into the blueprint."""

from referrals.caseload.blueprint import bp
from referrals.caseload.views import (
    action,
    correction,
    encounter,
    find,
    goal,
    index,
    need,
    person,
    risk,
    show,
)

__all__ = [
    "action",
    "bp",
    "correction",
    "encounter",
    "find",
    "goal",
    "index",
    "need",
    "person",
    "risk",
    "show",
]
