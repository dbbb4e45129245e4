"""Agencies, members, agreements and the directory: what is there before the first referral."""

import random
import uuid
from dataclasses import dataclass, field
from datetime import datetime

from app.identity.actor import Role
from app.identity.models.agency import AgencyKind
from tests.bench.load.copying import Rows
from tests.bench.load.words import FAMILY, GIVEN, new_id

MEASURED = 4
CASELOAD = 75
QUEUE = 60
ISSUER = "http://127.0.0.1:1"


@dataclass(frozen=True)
class Place:
    """One agency and its members, by what they do there."""

    id: uuid.UUID
    name: str
    members: dict[str, list[uuid.UUID]] = field(default_factory=dict)
    services: list[uuid.UUID] = field(default_factory=list)


@dataclass(frozen=True)
class District:
    """The first MEASURED of each kind are those whose users the bench signs in as."""

    practices: list[Place]
    teams: list[Place]
    charities: list[Place]
    terms: list[uuid.UUID]


def sizes(agencies: int) -> tuple[int, int, int]:
    """How many practices, teams and charities there are among so many agencies."""
    teams, practices = max(MEASURED, agencies // 10), agencies * 6 // 10
    return practices, teams, agencies - practices - teams


def link_workers(size: int, teams: int) -> int:
    """How many community referrers a team has, so that each has some fifty open referrals."""
    return max(2, round(size * 0.19 / teams / 50))


class Founder:
    """Writes agencies, users, memberships and agreements."""

    def __init__(self, rng: random.Random, rows: Rows, at: datetime) -> None:
        self.rng, self.rows, self.at = rng, rows, at

    def found(self, size: int, agencies: int, terms: list[uuid.UUID]) -> District:
        """Every agency with its members, and agreements along which everything was sent."""
        practices, teams, charities = sizes(agencies)
        workers = link_workers(size, teams)
        made = District(
            self._agencies("Practice", AgencyKind.PRACTICE, practices, {Role.REFERRER: 3}),
            self._agencies(
                "Team",
                AgencyKind.LINK_WORKER_TEAM,
                teams,
                {Role.LINK_WORKER: workers, Role.TEAM_LEAD: 1},
            ),
            self._agencies("Charity", AgencyKind.VOLUNTARY, charities, {Role.COORDINATOR: 2}),
            terms,
        )
        for number, practice in enumerate(made.practices):
            for step in (0, 1):
                self._agree(practice, made.teams[(number + step) % teams])
        for number, team in enumerate(made.teams):
            for step in range(min(40, charities)):
                self._agree(team, made.charities[(number + step) % charities])
        return made

    def _agencies(
        self, word: str, kind: AgencyKind, many: int, members: dict[Role, int]
    ) -> list[Place]:
        return [self._agency(f"{word} {number:03}", kind, members) for number in range(many)]

    def _agency(self, name: str, kind: AgencyKind, members: dict[Role, int]) -> Place:
        place = Place(new_id(self.rng), name)
        code = f"Y{self.rng.randrange(100_000):05}" if kind is AgencyKind.PRACTICE else None
        self.rows.add(
            "agency",
            id=place.id,
            created_at=self.at,
            name=name,
            kind=str(kind),
            ods_code=code,
            notice_email=None,
        )
        for role, many in {**members, Role.ADMINISTRATOR: 1}.items():
            place.members[role] = [self._member(place, role, number) for number in range(many)]
        return place

    def _member(self, place: Place, role: Role, number: int) -> uuid.UUID:
        user_id = new_id(self.rng)
        name = f"{self.rng.choice(GIVEN)} {self.rng.choice(FAMILY)}"
        known = {"id": user_id, "created_at": self.at, "name": name, "issuer": ISSUER}
        subject = f"{place.name} {role} {number}".lower().replace(" ", "-")
        self.rows.add("app_user", **known, subject=subject, status="active")
        self.rows.add(
            "membership",
            id=new_id(self.rng),
            created_at=self.at,
            user_id=user_id,
            agency_id=place.id,
            roles=[str(role)],
        )
        return user_id

    def _agree(self, sender: Place, receiver: Place) -> None:
        self.rows.add(
            "sharing_agreement",
            id=new_id(self.rng),
            created_at=self.at,
            from_agency_id=sender.id,
            to_agency_id=receiver.id,
            purpose="social prescribing",
            starts_on=self.at.date(),
        )
