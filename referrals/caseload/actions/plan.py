"""Keep the plan: needs, the goals under them, the actions towards those."""

from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from uuid import UUID

from app.core import audit
from app.core.db import session
from app.core.errors import Conflict
from app.identity.actor import Actor
from referrals.caseload import policy
from referrals.caseload.actions import next_step as _offers  # noqa: F401 - offers what comes next
from referrals.caseload.models.plan import ActionStatus, Goal, PlanAction, PlanWords, Who
from referrals.record.actions import event, next_step
from referrals.record.models.need import Need, NeedStatus, NeedWords
from referrals.record.models.referral import Referral

Part = TypeVar("Part", Need, Goal, PlanAction)


@dataclass(frozen=True)
class ActionDraft:
    """Who is to do what by when, and how sure the person is that it will happen (1 to 10)."""

    words: str
    who: Who
    due_on: date | None = None
    confidence: int | None = None


def add_need(actor: Actor, referral: Referral, term_id: UUID, words: str = "") -> Need:
    """Write down another need. Raises Denied unless the actor works on the referral."""
    policy.KEEP_PLAN.require(actor, referral)
    made = Need(
        referral_id=referral.id,
        person_id=referral.person_id,
        term_id=term_id,
        words=NeedWords(words),
    )
    return _added(actor, referral, made, "need added")


def change_need(actor: Actor, referral: Referral, need: Need, term_id: UUID, words: str) -> None:
    """Say a need otherwise. Raises Denied, or Conflict when it has ended."""
    policy.KEEP_PLAN.require(actor, referral)
    _require_open(need)
    need.term_id, need.words = term_id, NeedWords(words)
    _changed(actor, referral, need, "need.changed")


def add_goal(actor: Actor, referral: Referral, need: Need, words: str, importance: int) -> Goal:
    """Add what the person wants, and how much it matters to them from 1 to 10."""
    policy.KEEP_PLAN.require(actor, referral)
    _require_open(need)
    made = Goal(
        referral_id=referral.id,
        person_id=referral.person_id,
        need_id=need.id,
        importance=importance,
        words=PlanWords(words),
    )
    return _added(actor, referral, made, "goal added")


def change_goal(actor: Actor, referral: Referral, goal: Goal, words: str, importance: int) -> None:
    """Say a goal otherwise. Raises Denied unless the actor works on the referral."""
    policy.KEEP_PLAN.require(actor, referral)
    goal.words, goal.importance = PlanWords(words), importance
    _changed(actor, referral, goal, "goal.changed")


def add_action(actor: Actor, referral: Referral, goal: Goal, draft: ActionDraft) -> PlanAction:
    """Agree a step towards a goal."""
    policy.KEEP_PLAN.require(actor, referral)
    made = PlanAction(
        referral_id=referral.id,
        person_id=referral.person_id,
        goal_id=goal.id,
        who=draft.who,
        due_on=draft.due_on,
        confidence=draft.confidence,
        words=PlanWords(draft.words),
    )
    return _added(actor, referral, made, "action agreed")


def change_action(
    actor: Actor, referral: Referral, action: PlanAction, draft: ActionDraft, status: ActionStatus
) -> None:
    """Say whether an action was done, or agree it otherwise."""
    policy.KEEP_PLAN.require(actor, referral)
    action.who, action.due_on, action.confidence = draft.who, draft.due_on, draft.confidence
    action.words = PlanWords(draft.words)
    if action.status != status:
        action.status = status
        event.add(actor, referral, f"action {status}")
    _changed(actor, referral, action, "plan_action.changed")


def _require_open(need: Need) -> None:
    if need.status != NeedStatus.OPEN:
        raise Conflict("This need has ended.")


def _added(actor: Actor, referral: Referral, made: Part, kind: str) -> Part:
    session.add(made)
    event.add(actor, referral, kind)
    next_step.refresh(referral)
    audit.record(actor, f"{made.__tablename__}.added", made)
    return made


def _changed(actor: Actor, referral: Referral, row: Need | Goal | PlanAction, act: str) -> None:
    next_step.refresh(referral)
    audit.record(actor, act, row)
