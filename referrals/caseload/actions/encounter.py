"""Record an encounter, or an attempt at one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.core import audit, clock
from app.core.db import session
from app.core.errors import Invalid
from app.identity.actor import Actor
from referrals.caseload import policy
from referrals.caseload.actions import next_step as _offers  # noqa: F401 - offers what comes next
from referrals.caseload.models.encounter import (
    REACHED,
    Encounter,
    Kind,
    Note,
    Outcome,
    Place,
    Present,
)
from referrals.record.actions import event, next_step
from referrals.record.models.referral import Referral
from referrals.record.models.status import Status


@dataclass(frozen=True)
class EncounterDraft:
    """What the community referrer says about it."""

    held_on: date
    kind: Kind
    outcome: Outcome
    place: Place = Place.REMOTE
    present: Sequence[Present] = ()
    minutes: int | None = None
    note: str = ""
    follow_up_on: date | None = None


def record(
    actor: Actor, referral: Referral, draft: EncounterDraft, corrects: Encounter | None = None
) -> Encounter:
    """Record it; the first time the person is reached, the work has begun.

    Raises:
        Denied: the actor neither holds the referral nor leads the team, or it is not open.
        Invalid: it lies in the future, or the follow-up does not come after it.
    """
    policy.RECORD_ENCOUNTER.require(actor, referral)
    _check(draft)
    made = Encounter(
        referral_id=referral.id,
        person_id=referral.person_id,
        user_id=actor.user_id,
        held_on=draft.held_on,
        kind=draft.kind,
        place=draft.place,
        present=[str(one) for one in draft.present],
        outcome=draft.outcome,
        minutes=draft.minutes,
        follow_up_on=draft.follow_up_on,
        note=Note(draft.note),
        corrects_id=corrects and corrects.id,
    )
    session.add(made)
    if referral.status == Status.ACCEPTED and draft.outcome in REACHED:
        referral.move(Status.IN_PROGRESS)
    event.add(actor, referral, "encounter corrected" if corrects else "encounter recorded")
    next_step.refresh(referral)
    audit.record(actor, "encounter.recorded", made)
    return made


def _check(draft: EncounterDraft) -> None:
    if draft.held_on > clock.today():
        raise Invalid("The encounter must be today or in the past.")
    if draft.follow_up_on and draft.follow_up_on <= draft.held_on:
        raise Invalid("The follow-up must come after the encounter.")
