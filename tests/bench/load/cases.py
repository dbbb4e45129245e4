"""Which referrals there are: who sent each to whom, how long ago, and how far it has come."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

from referrals.record.models.status import OPEN, Status
from tests.bench.load.district import CASELOAD, MEASURED, QUEUE, District

CLOSED = (Status.COMPLETED, Status.REJECTED, Status.CANCELLED, Status.FAILED)
OUTCOMES = (Status.COMPLETED,) * 7 + CLOSED
YEARS_OF_DAYS = 1_500


@dataclass(frozen=True)
class Case:
    """Places by their number in the district; `worker` is None when nobody works on it yet."""

    number: int
    days_ago: int
    status: Status
    practice: int
    team: int
    worker: int | None = None
    charity: int | None = None

    @property
    def is_open(self) -> bool:
        """Whether it is still going on."""
        return self.status in OPEN


def cases(size: int, district: District, rng: random.Random) -> list[Case]:
    """All of them, oldest first: the order in which they would have been written."""
    found = [*_measured(rng)]
    for number in range(len(found), size):
        found.append(_any(number, district, rng))
    return sorted(found, key=lambda one: (-one.days_ago, one.number))


def _measured(rng: random.Random) -> Iterator[Case]:
    """The same at every size: one full caseload, queue, sent list and inbox for each user."""
    number = 0
    for place in range(MEASURED):
        for which in range(CASELOAD + QUEUE):
            ago = rng.randint(1, 120)
            if which < CASELOAD:
                yield Case(number, ago, Status.IN_PROGRESS, place, place, 0, place)
            else:
                yield Case(number, ago % 14 + 1, Status.REQUESTED, place, place)
            number += 1


def _any(number: int, district: District, rng: random.Random) -> Case:
    practice = rng.randrange(len(district.practices))
    team = (practice + rng.randrange(2)) % len(district.teams)
    workers = len(next(iter(district.teams[team].members.values())))
    chance = rng.random()
    if chance < 0.75:
        ago, status = rng.randint(60, YEARS_OF_DAYS), rng.choice(OUTCOMES)
    elif chance < 0.79:
        return Case(number, rng.randint(1, 14), Status.REQUESTED, practice, team)
    else:
        ago, status = rng.randint(5, 200), rng.choice((Status.ACCEPTED, Status.IN_PROGRESS))
    charity = (team + rng.randrange(40)) % len(district.charities) if chance % 0.1 < 0.03 else None
    return Case(number, ago, status, practice, team, rng.randrange(workers), charity)
