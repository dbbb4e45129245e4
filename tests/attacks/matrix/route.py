"""What one line of the matrix says, and what it expects of an answer."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field

from app.identity.actor import Role
from tests.attacks.matrix.who import (
    CHARITY,
    CURATOR,
    ELSEWHERE,
    EVERYBODY,
    HOLDER,
    KEEPERS,
    OFFICERS,
    PRACTICE,
    REFERRERS,
    TEAM,
    THE_CHARITY,
    THE_TEAM,
    Who,
    at,
)

ALL_ROLES = frozenset(Role)


class Answer(enum.Enum):
    """What somebody is told."""

    THROUGH = "is let through"
    FORBIDDEN = "is told 403"
    ABSENT = "is told 404"
    SIGN_IN = "is asked to sign in"
    WAIT = "is told to wait for an administrator"


class Door(enum.Enum):
    """Who need not act for an agency in order to ask."""

    PUBLIC = "everybody"
    OWN = "everybody who has signed in, waiting and suspended people too"
    ACTOR = "only who acts for an agency"


# An agency that has or had anything to do with a record answers for who of its people saw it.
ANSWERING = OFFICERS | at(CHARITY, Role.PRIVACY_OFFICER)
# Who sees that a record exists: for everybody else it is absent.
SEES: dict[str, frozenset[Who]] = {
    "draft": REFERRERS,
    "referral": REFERRERS | THE_TEAM,
    "sent": REFERRERS | THE_TEAM,
    "person": REFERRERS,
    "onward": THE_CHARITY,
    "withdrawal": THE_CHARITY,
    "listing": KEEPERS,
    "organisation": KEEPERS,
    "service": EVERYBODY,
    "source": CURATOR,
    "imported listing": KEEPERS,
    "proposal": KEEPERS,
    "report": KEEPERS,
    "claim": at(CHARITY, *Role) | CURATOR,
    "duplicate": CURATOR,
    "merge": CURATOR,
    "profile": EVERYBODY,
    "unclaimed": EVERYBODY,
    "agreement": at(PRACTICE, Role.ADMINISTRATOR) | at(TEAM, Role.ADMINISTRATOR),
    "membership": at(TEAM, Role.ADMINISTRATOR),
    "waiting user": at(TEAM, Role.ADMINISTRATOR),
    "kept": OFFICERS,
    "legal hold": at(TEAM, Role.PRIVACY_OFFICER),
    "erasure": OFFICERS,
    "own session": at(TEAM, Role.TEAM_LEAD),
    "safeguarding note": frozenset({HOLDER}) | at(TEAM, Role.TEAM_LEAD),
    "emergency": at(TEAM, Role.PRIVACY_OFFICER),
    "unusual access": at(TEAM, Role.PRIVACY_OFFICER),
    "overseen referral": ANSWERING,
    "broken glass": at(ELSEWHERE, Role.LINK_WORKER),
}
# Kept through a relationship, which may end; and sent along an agreement, which may end too.
RELATED = frozenset({"draft", "referral", "sent", "onward", "safeguarding note"})
# Those that concern one person, whose record may be damaged or erased.
PERSONAL = RELATED | {
    *("person", "withdrawal", "kept", "legal hold", "erasure"),
    *("emergency", "unusual access", "overseen referral", "broken glass"),
}


@dataclass(frozen=True)
class Route:
    """Who may use an endpoint.

    `record`: which record its address names (`SEES` says who sees that one exists).
    `gate`: the roles asked for before the record is looked up; the rest hear 403, not 404.
    `fields`: what a POST says besides its token and key. `prefix`: of the form's fields.
    `uses_up`: a POST that is let through changes the record, so each gets one of its own.
    `glass`: whoever broke the glass may use it; everything else of a referral is refused them.
    """

    may: frozenset[Who] = EVERYBODY
    record: str = ""
    gate: frozenset[Role] = ALL_ROLES
    door: Door = Door.ACTOR
    fields: Mapping[str, str] = field(default_factory=dict)
    prefix: str = ""
    uses_up: bool = False
    glass: bool = False

    def expected(self, who: Who, *, exists: bool = True) -> Answer:
        """What `who` is told, about a record that exists or about an absent one."""
        if self.door is not Door.ACTOR:
            return Answer.THROUGH
        if who.role not in self.gate:
            return Answer.FORBIDDEN
        if self.record and (not exists or who not in SEES[self.record]):
            return Answer.ABSENT
        return Answer.THROUGH if who in self.may else Answer.FORBIDDEN


PUBLIC = Route(door=Door.PUBLIC)
__all__ = ["CURATOR", "PERSONAL", "PUBLIC", "RELATED", "SEES", "Answer", "Door", "Route"]
