"""Twenty agencies with people in them, whose surnames say who may know them."""

import re
import uuid
from dataclasses import dataclass, field

from app.identity.actor import Actor, Role
from app.identity.models.agency import AgencyKind
from tests import build
from tests.drills.house import House

PAIRS = 10
LETTERS = "abcdefghij"
EACH = 2
MARK = re.compile(r"Zqp([a-j])t([a-j])")


@dataclass
class Member:
    """Somebody, the letter of their agency, and their cookie's browser."""

    actor: Actor
    letter: str
    place: int  # of the letter in a surname: 0 for practices, 1 for teams
    own: list[uuid.UUID] = field(default_factory=list)

    def foreign(self, page: str) -> set[str]:
        """The surnames on a page that this member must not see."""
        return {found[0] for found in MARK.finditer(page) if found[1 + self.place] != self.letter}


@dataclass
class Crowd:
    """Ten practices, ten teams; each practice sends to its own team and to the next."""

    practices: list[Member]
    teams: list[Member]

    def everybody(self) -> list[Member]:
        """All of them."""
        return self.practices + self.teams

    def of_others(self, member: Member) -> list[uuid.UUID]:
        """Referrals that are not this member's to see."""
        theirs = {one for other in self.everybody() for one in other.own}
        return sorted(theirs - set(member.own))


def surname(practice: str, team: str) -> str:
    """By which a person's agencies are known on any page."""
    return f"Zqp{practice}t{team}"


def gather(house: House) -> Crowd:
    """Found the agencies and let each practice refer a few people to both of its teams."""
    stage = house.stage
    practices = [
        Member(
            stage.somebody(Role.REFERRER, of=stage.agency("Practice", AgencyKind.PRACTICE)), one, 0
        )
        for one in LETTERS
    ]
    teams = [
        Member(
            stage.somebody(Role.TEAM_LEAD, of=stage.agency("Team", AgencyKind.LINK_WORKER_TEAM)),
            one,
            1,
        )
        for one in LETTERS
    ]
    for number, practice in enumerate(practices):
        for team in (teams[number], teams[(number + 1) % PAIRS]):
            build.agreement(house.database, practice.actor.agency_id, team.actor.agency_id)
            for _ in range(EACH):
                name = surname(practice.letter, team.letter)
                made = stage.referred(practice.actor, team.actor.agency_id, family_name=name)
                practice.own.append(made)
                team.own.append(made)
    return Crowd(practices, teams)
