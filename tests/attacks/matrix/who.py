"""Everybody who tries: each role in each place, and those who may not come in at all."""

from collections.abc import Iterable
from typing import NamedTuple

from app.identity.actor import Role

PRACTICE, TEAM, CHARITY, ELSEWHERE = "practice", "team", "charity", "elsewhere"
HOLDING = "team, holding the referral"
PLACES = (PRACTICE, TEAM, CHARITY, ELSEWHERE)


class Who(NamedTuple):
    """A role, and the agency in which somebody has it.

    The practice sent the records of this matrix, the team holds them, the charity was sent some
    of them on. Elsewhere is an agency of the kind that fits the role and was sent nothing.
    """

    place: str
    role: Role

    def __str__(self) -> str:
        return f"{self.role} ({self.place})"


HOLDER = Who(HOLDING, Role.LINK_WORKER)
EVERYBODY = frozenset(Who(place, role) for place in PLACES for role in Role) | {HOLDER}


def at(place: str, *roles: Role) -> frozenset[Who]:
    """These roles at this place."""
    return frozenset(Who(place, role) for role in roles)


def anywhere(*roles: Role) -> frozenset[Who]:
    """Everybody with one of these roles, wherever."""
    return frozenset(one for one in EVERYBODY if one.role in roles)


def in_order(people: Iterable[Who]) -> list[Who]:
    """The same every time."""
    return sorted(people)


REFERRERS = at(PRACTICE, Role.REFERRER)
LEAD = at(TEAM, Role.TEAM_LEAD)
THE_TEAM = at(TEAM, Role.TEAM_LEAD, Role.LINK_WORKER) | {HOLDER}
WORKING = LEAD | {HOLDER}
THE_CHARITY = at(CHARITY, Role.COORDINATOR)
# A curator counts only in an agency of the kind "council": the one elsewhere is.
CURATOR = at(ELSEWHERE, Role.CURATOR)
KEEPERS = THE_CHARITY | CURATOR
# Of the two agencies between which the referral went.
OFFICERS = at(PRACTICE, Role.PRIVACY_OFFICER) | at(TEAM, Role.PRIVACY_OFFICER)
