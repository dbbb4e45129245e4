"""The work on one referral: encounters, and the plan of needs, goals and actions."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from app.core.db import Base, session
from app.core.errors import NotFound
from app.core.sealing import Entry, entries
from referrals.caseload.models.encounter import Encounter, Note
from referrals.caseload.models.plan import Goal, PlanAction, PlanWords
from referrals.record.models.need import Need
from referrals.record.models.referral import Referral
from referrals.record.models.risk import Risk

Encounters = Sequence[Entry[Encounter, Note]]
Goals = Sequence[Entry[Goal, PlanWords]]
Actions = Sequence[Entry[PlanAction, PlanWords]]


@dataclass(frozen=True)
class Work:
    """Entries, so that one that does not open leaves the others standing."""

    written: Encounters
    goals: Goals
    actions: Actions

    @property
    def encounters(self) -> Encounters:
        """Those that stand, and those that were entered by mistake; newest first."""
        corrected = {one.row.corrects_id for one in self.written}
        return [one for one in self.written if one.row.id not in corrected]

    def before(self, encounter: Encounter) -> Encounters:
        """What stood in the place of an encounter before it was corrected, newest first."""
        earlier = {one.row.id: one for one in self.written}
        found = []
        while encounter.corrects_id in earlier:
            found.append(earlier[encounter.corrects_id])
            encounter = found[-1].row
        return found

    def goals_of(self, need: Need) -> Goals:
        """The goals under a need."""
        return [one for one in self.goals if one.row.need_id == need.id]

    def actions_of(self, goal: Goal) -> Actions:
        """The actions under a goal."""
        return [one for one in self.actions if one.row.goal_id == goal.id]


def of(referral: Referral) -> Work:
    """Everything done and planned, in three queries; encounters newest first."""
    encounters = session.scalars(
        select(Encounter)
        .where(Encounter.referral_id == referral.id)
        .order_by(Encounter.held_on.desc(), Encounter.created_at.desc())
    ).all()
    return Work(
        entries(encounters, lambda row: row.note),
        entries(_of(Goal, referral), lambda row: row.words),
        entries(_of(PlanAction, referral), lambda row: row.words),
    )


def _of(model: Any, referral: Referral) -> Sequence[Any]:
    rows = select(model).where(model.referral_id == referral.id)
    return session.scalars(rows.order_by(model.created_at, model.id)).all()


def _get(model: type[Base], referral: Referral, row_id: uuid.UUID) -> Any:
    row: Any = session.get(model, row_id)
    if row is None or row.referral_id != referral.id:
        raise NotFound("There is no such part of this referral")
    return row


def need(referral: Referral, need_id: uuid.UUID) -> Need:
    """A need of this referral, or NotFound."""
    return _get(Need, referral, need_id)


def encounter(referral: Referral, encounter_id: uuid.UUID) -> Encounter:
    """An encounter of this referral, or NotFound."""
    return _get(Encounter, referral, encounter_id)


def goal(referral: Referral, goal_id: uuid.UUID) -> Goal:
    """A goal of this referral, or NotFound."""
    return _get(Goal, referral, goal_id)


def action(referral: Referral, action_id: uuid.UUID) -> PlanAction:
    """An action of this referral's plan, or NotFound."""
    return _get(PlanAction, referral, action_id)


def risk(referral: Referral, risk_id: uuid.UUID) -> Risk:
    """A risk of this referral, or NotFound."""
    return _get(Risk, referral, risk_id)
