"""What a link-worker team does with a referral."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from app.core import clock
from app.demonstration.area.traveller import Traveller
from referrals.caseload.actions import encounter as encounters
from referrals.caseload.actions import plan
from referrals.caseload.actions.encounter import EncounterDraft
from referrals.caseload.actions.plan import ActionDraft
from referrals.caseload.models.encounter import Kind, Outcome, Place
from referrals.caseload.models.plan import Who
from referrals.finish.actions import closing
from referrals.finish.actions import need as needs
from referrals.finish.models.closing import Closing
from referrals.finish.models.message import Letter
from referrals.onward.actions import follow, onward, signpost
from referrals.onward.models.draft import OnwardDraft
from referrals.onward.models.onward_referral import Company
from referrals.onward.queries import onward as onwards
from referrals.onward.queries import preview
from referrals.record.models.need import NeedStatus
from referrals.record.models.status import Reason, Status
from referrals.triage.actions import answer, pause

Told = dict[str, Any]
Step = Callable[[Traveller, Told], None]


def allocate(traveller: Traveller, told: Told) -> None:
    """Take the person on and give them to a community referrer."""
    traveller.worker = told["to"]
    with traveller.held_by(traveller.lead) as (actor, referral):
        answer.accept(actor, referral, traveller.everybody[traveller.worker].user_id)


def decline(traveller: Traveller, told: Told) -> None:
    """Say no, and why."""
    with traveller.held_by(traveller.lead) as (actor, referral):
        answer.decline(actor, referral, Reason(told["reason"]), told["words"])


def hold(traveller: Traveller, told: Told) -> None:
    """Pause until a day counted from today, whenever today is."""
    until = clock.today() + timedelta(days=told["days_ago"] + told["until_in"])
    with traveller.held_by(traveller.lead) as (actor, referral):
        pause.hold(actor, referral, until, Reason(told["reason"]), told["words"])


def encounter(traveller: Traveller, told: Told) -> None:
    """Speak with the person, or try to."""
    follow_up = told.get("follow_up_in")
    draft = EncounterDraft(
        held_on=clock.today(),
        kind=Kind(told["kind"]),
        place=Place(told["place"]),
        outcome=Outcome(told["outcome"]),
        minutes=told["minutes"],
        note=told["note"],
        follow_up_on=clock.today() + timedelta(days=follow_up) if follow_up else None,
    )
    with traveller.held_by() as (actor, referral):
        encounters.record(actor, referral, draft)


def goal(traveller: Traveller, told: Told) -> None:
    """Agree a goal, and a first action towards it."""
    with traveller.held_by() as (actor, referral):
        need = traveller.need(referral, told["need"])
        made = plan.add_goal(actor, referral, need, told["words"], told["importance"])
        due = clock.today() + timedelta(days=told["due_in"]) if "due_in" in told else None
        action = ActionDraft(told["action"], Who.LINK_WORKER, due, told["confidence"])
        plan.add_action(actor, referral, made, action)


def send_on(traveller: Traveller, told: Told) -> None:
    """Refer on, sending exactly what the preview shows."""
    service_id = traveller.service_id(told["service"])
    company = Company.LINK_WORKER if told.get("accompanied") else None
    with traveller.held_by() as (actor, referral):
        draft = OnwardDraft(
            service_id,
            traveller.need(referral, told["need"]).id,
            words=told["words"],
            accompanied_by=company,
            accompanied_on=clock.today() + timedelta(days=7) if company else None,
        )
        shown = preview.build(referral, draft)
        sent = onward.send(actor, referral, draft, shown.digest, traveller.settings)
        traveller.onward[told["service"]] = sent.id
        traveller.last_service = told["service"]


def note_answer(traveller: Traveller, told: Told) -> None:
    """Read a service's answer and take note of it."""
    with traveller.held_by() as (actor, referral):
        one = onwards.get(actor, referral, traveller.onward[told["service"]])
        follow.note_news(actor, referral, one)


def tell(traveller: Traveller, told: Told) -> None:
    """Signpost to a service."""
    service_id = traveller.service_id(told["service"])
    with traveller.held_by() as (actor, referral):
        need_id: uuid.UUID = traveller.need(referral, told["need"]).id
        signpost.add(actor, referral, service_id, need_id)


def end_need(traveller: Traveller, told: Told) -> None:
    """Say how a need ended."""
    with traveller.held_by() as (actor, referral):
        need = traveller.need(referral, told["need"])
        needs.end(actor, referral, need, NeedStatus(told["how"]), told["words"])


def close(traveller: Traveller, told: Told) -> None:
    """Finish, and tell the referrer."""
    reason = Reason(told["reason"]) if "reason" in told else None
    letter = Letter(actions=tuple(told["actions"]), summary=told["summary"])
    with traveller.held_by() as (actor, referral):
        closing.close(actor, referral, Closing(Status(told["outcome"]), letter, reason))


STEPS: dict[str, Step] = {
    "allocate": allocate,
    "decline": decline,
    "hold": hold,
    "encounter": encounter,
    "goal": goal,
    "onward": send_on,
    "note answer": note_answer,
    "signpost": tell,
    "end": end_need,
    "close": close,
}
