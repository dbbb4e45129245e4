"""What hangs from a referral: needs, risks, encounters, the plan, messages to the referrer."""

import uuid
from datetime import timedelta

from referrals.caseload.models.encounter import Kind, Note, Outcome, Place
from referrals.caseload.models.plan import ActionStatus, PlanWords, Who
from referrals.finish.models.message import Letter, MessageKind
from referrals.record.models.need import NeedStatus, NeedWords
from referrals.record.models.risk import RiskWords
from referrals.record.models.status import Status
from tests.bench.load.journey import Journey

RISKY = 0.2
UNTOUCHED = (Status.REQUESTED, Status.ACCEPTED, Status.REJECTED)


def record(journey: Journey) -> None:
    """Write what would be there by now."""
    needs = [_need(journey) for _ in range(journey.rng.choice((1, 1, 2, 3)))]
    if journey.rng.random() < RISKY:
        _risk(journey)
    if journey.worker and journey.case.status not in UNTOUCHED:
        for number in range(journey.rng.randint(1, 5)):
            _encounter(journey, number)
        _plan(journey, needs[0])
    for kind in _told(journey):
        letter = Letter(summary=journey.text(1, 3))
        journey.add("message", user_id=journey.by, kind=str(kind), words=letter)


def _need(journey: Journey) -> uuid.UUID:
    status = NeedStatus.OPEN if journey.case.is_open else NeedStatus.MET
    return journey.add(
        "need",
        term_id=journey.rng.choice(journey.terms),
        status=str(status),
        ended_at=journey.closed,
        version=1,
        words=NeedWords(journey.text(0, 1)),
    )


def _risk(journey: Journey) -> None:
    journey.add(
        "risk",
        risk_to="self",
        starts_on=journey.at.date(),
        review_on=journey.now.date() + timedelta(days=journey.rng.randint(1, 90)),
        version=1,
        safeguarding=RiskWords(journey.text(1, 2)),
    )


def _encounter(journey: Journey, number: int) -> None:
    journey.add(
        "encounter",
        user_id=journey.by,
        held_on=journey.at.date() + timedelta(days=3 + 9 * number),
        kind=str(Kind.TELEPHONE),
        place=str(Place.REMOTE),
        outcome=str(journey.rng.choice((Outcome.SPOKE, Outcome.NO_ANSWER))),
        minutes=20,
        note=Note(journey.text(2, 6)),
    )


def _plan(journey: Journey, need_id: uuid.UUID) -> None:
    words = PlanWords(journey.text(1, 1))
    goal_id = journey.add("goal", need_id=need_id, importance=7, version=1, words=words)
    journey.add(
        "plan_action",
        goal_id=goal_id,
        who=str(Who.PERSON),
        due_on=journey.due,
        status=str(ActionStatus.TO_DO),
        version=1,
        words=words,
    )


def _told(journey: Journey) -> list[MessageKind]:
    told = [] if journey.case.status is Status.REQUESTED else [MessageKind.TAKEN_ON]
    return told if journey.case.is_open else [*told, MessageKind.CLOSED]
