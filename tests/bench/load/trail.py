"""What the audit trail would hold: a few lines for each referral."""

from datetime import timedelta

from tests.bench.load.journey import STEPS, Journey
from tests.bench.load.words import new_id

SEEN = 2


def leave(journey: Journey) -> None:
    """One line for each step, and some for pages on which the person was shown."""
    rng, worker = journey.rng, journey.worker or journey.sender
    actions = [f"referral.{kind}" for kind in STEPS[journey.case.status]]
    for number, action in enumerate(actions + ["caseload.viewed"] * SEEN):
        viewed = action == "caseload.viewed"
        journey.rows.add(
            "audit_event",
            at=journey.at + timedelta(minutes=number * 900),
            user_id=worker,
            agency_id=journey.team.id if number else journey.practice.id,
            roles=["link worker" if number else "referrer"],
            action=action,
            subject_kind="person" if viewed else "referral",
            subject_id=journey.person.id if viewed else journey.id,
            person_id=journey.person.id,
            request_id=new_id(rng).hex[:10],
            outcome="done",
            digest=None if viewed else rng.randbytes(32),
        )
