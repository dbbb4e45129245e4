"""People at every stage of a journey, each step done by whoever would do it, on its day."""

import uuid
from collections.abc import Iterator
from typing import Any

from app.core import clock
from app.core.db import transaction
from app.demonstration.area import charity, emergency, team
from app.demonstration.area.people import Everybody, agencies, read
from app.demonstration.area.traveller import Traveller
from app.identity.actor import Actor
from config.settings import Settings
from directory import catalogue
from referrals.record.models.person import Channel, Contact, Identity, Requirements
from referrals.record.models.referral import Urgency
from referrals.refer.actions import draft as drafts
from referrals.refer.actions import send
from referrals.refer.models.answers import Answers, Reasons

STEPS = {**team.STEPS, **charity.STEPS, **emergency.STEPS}


def travel(settings: Settings, everybody: Everybody) -> int:
    """Refer everybody in the data file and take them as far as it says; how many."""
    people = read("journeys.toml")["person"]
    for told in people:
        with clock.days_ago(told["days_ago"]):
            traveller = _refer(settings, everybody, told)
        for step in told.get("steps", []):
            with clock.days_ago(step["days_ago"]):
                STEPS[step["do"]](traveller, step)
    return len(people)


def _refer(settings: Settings, everybody: Everybody, told: dict[str, Any]) -> Traveller:
    referrer = everybody[told["by"]]
    with transaction(referrer):
        draft = drafts.begin(referrer, {})
        answers = _answers(referrer, everybody, told)
        send.send(referrer, draft, answers, settings)
    return Traveller(everybody, settings, draft.id, told["team"])


def _answers(referrer: Actor, everybody: Everybody, told: dict[str, Any]) -> Answers:
    safe = told.get("message_is_safe", True)
    practice = _practice(everybody, told["by"])
    return Answers(
        identity=Identity(
            given_name=told["given_name"],
            family_name=told["family_name"],
            preferred_name=told.get("preferred_name", ""),
            date_of_birth=told["born"],
            nhs_number=told["nhs_number"],
        ),
        contact=Contact(
            address="1 Demonstration Terrace",
            postcode=told["postcode"],
            channels=(Channel("telephone", told["phone"], safe_to_leave_message=safe),),
            **practice,
        ),
        requirements=Requirements(interpreter_language=told.get("interpreter_language", "")),
        reasons=_reasons(referrer, everybody, told),
    )


def _reasons(referrer: Actor, everybody: Everybody, told: dict[str, Any]) -> Reasons:
    risk = told.get("risk", {})
    team_id = next(one.agency_id for one in everybody.values() if one.agency_name == told["team"])
    return Reasons(
        needs=tuple(_terms(told["needs"])),
        reason=told["reason"],
        own_words=told.get("own_words", ""),
        team_id=team_id,
        urgency=Urgency(told["urgency"]),
        risk_to=(risk["to"],) if risk else (),
        risk_words=risk.get("words", ""),
        reply_to=referrer.agency_name,
    )


def _terms(codes: list[str]) -> Iterator[uuid.UUID]:
    known = {term.code: term.id for group in catalogue.terms() for term in group.terms}
    yield from (known[code] for code in codes)


def _practice(everybody: Everybody, subject: str) -> dict[str, str]:
    """The referrer's own practice; nobody's when it is not a practice that refers."""
    name = everybody[subject].agency_name
    code = next(one.get("ods_code") for one in agencies() if one["name"] == name)
    return {"practice_code": code, "practice_name": name} if code else {}
