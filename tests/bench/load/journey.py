"""One referral with everything that the journey so far would have written."""

import random
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from app.core.keys.person_key import PersonKey
from referrals.record.models.event import EventWords
from referrals.record.models.referral import Narrative, Step, Urgency
from referrals.record.models.status import NEEDS_REASON, Reason, Status
from tests.bench.load.cases import Case
from tests.bench.load.copying import Rows
from tests.bench.load.district import District
from tests.bench.load.sealer import sealed
from tests.bench.load.words import new_id, text

LETTERS = "23456789BCDFGHJKMNPQRSTVWXYZ"
STEPS = {
    Status.REQUESTED: ("sent",),
    Status.ACCEPTED: ("sent", "accepted", "allocated"),
    Status.IN_PROGRESS: ("sent", "accepted", "allocated", "began"),
    Status.REJECTED: ("sent", "declined"),
    Status.CANCELLED: ("sent", "accepted", "cancelled"),
    Status.FAILED: ("sent", "accepted", "allocated", "began", "closed"),
    Status.COMPLETED: ("sent", "accepted", "allocated", "began", "closed"),
}


@dataclass(frozen=True)
class Somebody:
    """A person whose rows are written."""

    id: uuid.UUID
    key: PersonKey


class Journey:
    """Writes the rows of one case."""

    def __init__(
        self, rng: random.Random, rows: Rows, district: District, now: datetime, case: Case
    ) -> None:
        self.rng, self.rows, self.case, self.now = rng, rows, case, now
        self.practice = district.practices[case.practice]
        self.team = district.teams[case.team]
        self.charity = None if case.charity is None else district.charities[case.charity]
        self.terms = district.terms
        self.id = new_id(rng)
        self.at = now - timedelta(days=case.days_ago, minutes=rng.randrange(600))
        self.sender = rng.choice(self.practice.members["referrer"])
        workers = self.team.members["link worker"]
        self.worker = None if case.worker is None else workers[case.worker]
        self.by = self.worker or self.sender
        self.due = now.date() + timedelta(days=rng.randint(-20, 40)) if case.is_open else None
        self.closed = None if case.is_open else self.at + timedelta(days=rng.randint(5, 50))
        self.waiting = case.status is Status.IN_PROGRESS and rng.random() < 0.25

    def write(self, person: Somebody) -> None:
        """The referral, why both agencies may see it, and its history."""
        self.person = person
        self._referral()
        self._related("source", self.practice.id)
        self._related("holder", self.team.id)
        for number, kind in enumerate(STEPS[self.case.status]):
            self._event(number, kind)

    def base(self, later: int = 0) -> dict[str, Any]:
        """What every row of this referral has; `later` minutes after it was sent."""
        made = {"id": new_id(self.rng), "created_at": self.at + timedelta(minutes=later)}
        return {**made, "referral_id": self.id, "person_id": self.person.id}

    def add(self, table: str, **row: Any) -> uuid.UUID:
        """A row whose last value is a sealed group, given as its dataclass."""
        group = list(row)[-1]
        value = row.pop(group)
        base = self.base(self.rng.randrange(10_000))
        blob = value and sealed(self.person.key, table, group, base["id"], value)
        self.rows.add(table, **base, **row, **{f"{group}_sealed": blob})
        row_id: uuid.UUID = base["id"]
        return row_id

    def text(self, fewest: int, most: int) -> str:
        """Some sentences."""
        return text(self.rng, fewest, most)

    def _reason(self) -> str | None:
        return str(Reason.CANNOT_CONTACT) if self.case.status in NEEDS_REASON else None

    def reference(self) -> str:
        """Eight letters."""
        drawn = "".join(self.rng.choices(LETTERS, k=8))
        return f"{drawn[:4]}-{drawn[4:]}"

    def _referral(self) -> None:
        narrative = Narrative(self.text(2, 6), self.text(0, 3), "surgery@example.org")
        waiting = self.case.status is Status.REQUESTED
        step = Step.TRIAGE if waiting else Step.FOLLOW_UP if self.case.is_open else Step.NOTHING
        self.rows.add(
            "referral",
            id=self.id,
            created_at=self.at,
            person_id=self.person.id,
            from_agency_id=self.practice.id,
            to_agency_id=self.team.id,
            created_by=self.sender,
            reference=self.reference(),
            status=str(self.case.status),
            reason_code=self._reason(),
            closed_at=self.closed,
            link_worker_id=self.worker,
            urgency=str(Urgency.ROUTINE),
            agreement="agreed",
            risks_known=False,
            requested_at=self.at,
            first_contact_due=self.at.date() + timedelta(days=7),
            next_step=str(step),
            next_due_on=self.due,
            waiting_on_others=self.waiting,
            narrative_sealed=sealed(self.person.key, "referral", "narrative", self.id, narrative),
            version=len(STEPS[self.case.status]),
        )

    def _related(self, role: str, agency_id: uuid.UUID) -> None:
        self.rows.add(
            "relationship",
            **self.base(),
            agency_id=agency_id,
            role=role,
            granted_by=self.sender,
            status=str(self.case.status),
            link_worker_id=self.worker,
            waiting_on_others=self.waiting,
            next_due_on=self.due,
            sent_at=self.at,
            is_open=self.case.is_open,
            onward_referral_id=None,
        )

    def _event(self, number: int, kind: str) -> None:
        first = number == 0
        words = None if self.rng.random() < 0.6 else EventWords(self.text(1, 2))
        self.add(
            "referral_event",
            user_id=self.sender if first else self.by,
            agency_id=self.practice.id if first else self.team.id,
            kind=kind,
            status=str(self.case.status),
            words=words,
        )
