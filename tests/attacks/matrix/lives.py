"""What becomes of a record that names a person: its blobs damaged, or the person erased."""

import uuid
from typing import Any

from app.core import clock
from app.core.db import transaction
from app.core.sealing import registry
from app.identity.actor import Actor, Role
from referrals.emergency.models.review import Judgement
from referrals.oversight.actions import judging
from referrals.oversight.actions.watch import Watch
from referrals.oversight.models.unusual import (
    ONE_RECORD,
    Because,
    Kind,
    Sign,
    UnusualAccess,
    Verdict,
)
from referrals.oversight.queries import emergencies, unusual
from referrals.retention.actions import erasure, hold
from referrals.retention.models.hold import LegalHold
from referrals.retention.queries import erasure as erasures
from referrals.retention.queries import kept as kept_until
from tests import ageing
from tests.attacks.matrix.records import Ids, Records
from tests.attacks.matrix.route import PERSONAL
from tests.attacks.matrix.who import ELSEWHERE, TEAM, Who

OF_WHOM = {
    "person_id": "select %s::uuid",
    "referral_id": "select person_id from referral where id = %s",
    "onward_id": "select person_id from onward_referral where id = %s",
    "withdrawal_id": "select o.person_id from withdrawal w join onward_referral o"
    " on o.id = w.onward_referral_id where w.id = %s",
    "break_id": "select person_id from glass_break where id = %s",
    "line_id": "select person_id from unusual_access where id = %s",
    "hold_id": "select person_id from legal_hold where id = %s",
    "erasure_id": "select person_id from erasure where id = %s",
}
LAST_BYTE = "set_byte({0}, length({0}) - 1, 255 - get_byte({0}, length({0}) - 1))"


def sealed_columns() -> list[registry.SealedColumn]:
    """Those of the house: other tests register tables of their own."""
    every = registry.all_columns()
    return [one for one in every if one.owner.__module__.startswith("referrals.")]


class Lives:
    """One record of each kind, of somebody of its own."""

    def __init__(self, records: Records, superuser: Any) -> None:
        self.records, self.stage, self.superuser = records, records.stage, superuser
        self.ids = {name: self._fresh(name) for name in sorted(PERSONAL)}

    def whose(self, ids: Ids) -> uuid.UUID:
        """The person of a record."""
        name = next(one for one in OF_WHOM if one in ids)
        return self.superuser.execute(OF_WHOM[name], [ids[name]]).fetchone()[0]

    def people(self) -> list[uuid.UUID]:
        """Everybody of whom there is a record."""
        return [self.whose(ids) for ids in self.ids.values()]

    def damage(self) -> None:
        """Change a bit of every blob."""
        for one in sealed_columns():
            self.superuser.execute(
                f"update {one.table} set {one.column} = {LAST_BYTE.format(one.column)}"
                f" where {one.persons_column} = any(%s) and length({one.column}) > 0",
                [self.people()],
            )

    def blobs(self) -> dict[tuple[str, str], list[tuple[Any, ...]]]:
        """Every blob there is of them, by table and column."""
        return {
            (one.table, one.column): self.superuser.execute(
                f"select {one.column} from {one.table} where {one.persons_column} = any(%s)"
                f" and length({one.column}) > 0 order by id",
                [self.people()],
            ).fetchall()
            for one in sealed_columns()
        }

    def erase(self) -> None:
        """Two officers erase everybody, years after their support ended."""
        ours, (first, second) = self.stage, ageing.officers(self.stage)
        other = ours.somebody(Role.PRIVACY_OFFICER, of=ours.other_team)
        del self.ids["draft"]  # no time after which it is erased: it is thrown away, or sent
        for name, ids in self.ids.items():
            self._erase(self.whose(ids), first, other if name == "emergency" else second)

    def _erase(self, person_id: uuid.UUID, first: Actor, second: Actor) -> None:
        rules = self.stage.settings.retention
        closing = "select id from referral where person_id = %s and closed_at is null"
        for (referral_id,) in self.superuser.execute(closing, [person_id]).fetchall():
            ageing.close_long_ago(self.stage, referral_id)
        with transaction(second) as session:
            for one in session.query(LegalHold).filter_by(person_id=person_id):
                hold.lift(second, one, "The court has ruled")
        with transaction(second):
            kept = kept_until.get(second, rules, person_id)
            found = erasures.of_person(second, person_id) or erasure.propose(second, kept)
            proposed = found.id
        with transaction(first):
            erasure.approve(first, erasures.get(first, proposed), kept, rules)

    def _fresh(self, name: str) -> Ids:
        made = {
            "unusual access": self._unusual_access,
            "overseen referral": lambda: self.records.fresh("referral"),
            "broken glass": self._judged,
        }
        return made.get(name, lambda: self.records.fresh(name))()

    def _unusual_access(self) -> Ids:
        """Of one record, and judged."""
        watch, officer = Watch(self.stage.team), self._officer()
        person_id = self.whose(self.records.fresh("referral"))
        who = self.records.somebody(Who(TEAM, Role.LINK_WORKER))
        with transaction(watch) as session:
            made = UnusualAccess(
                on_day=clock.today(),
                agency_id=watch.agency_id,
                user_id=who.user_id,
                person_id=person_id,
                kind=ONE_RECORD,
                sign=Sign(Kind.SAME_SURNAME),
            )
            session.add(made)
            ids = {"line_id": made.id}
        with transaction(officer):
            line = unusual.get(officer, ids["line_id"])
            because = Because.NOT_THE_SAME_PERSON
            judging.judge_access(officer, line, Verdict.EXPLAINED, because, "Two Almeidas")
        return ids

    def _judged(self) -> Ids:
        """An emergency that the privacy officer of whoever broke the glass found justified."""
        ids = self.records.fresh("broken glass")
        breaker = self.records.somebody(Who(ELSEWHERE, Role.LINK_WORKER))
        officer = self.stage.somebody(Role.PRIVACY_OFFICER, of=breaker.agency_id)
        with transaction(officer):
            glass, _ = emergencies.get(officer, ids["break_id"])
            judging.judge_emergency(officer, glass, Judgement.JUSTIFIED, "An ambulance came")
        return ids

    def _officer(self) -> Actor:
        return self.records.somebody(Who(TEAM, Role.PRIVACY_OFFICER))
