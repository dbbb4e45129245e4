"""An emergency that waits for the privacy officer, and a safeguarding note."""

from dataclasses import replace
from typing import Any

from app.core import audit, clock
from app.core.db import transaction
from app.demonstration.area.team import Step
from app.demonstration.area.traveller import Traveller
from referrals.emergency.actions import glass
from referrals.emergency.actions.glass import Emergency
from referrals.emergency.models.glass import Why
from referrals.emergency.queries import glass as glasses
from referrals.record.queries import referral as referrals
from referrals.safeguarding.actions import note
from referrals.safeguarding.actions.note import NoteDraft


def break_glass(traveller: Traveller, told: dict[str, Any]) -> None:
    """Somebody of another team opens the record, looks at it, and closes it again."""
    with traveller.held_by(traveller.lead) as (_lead, referral):
        reference = referral.reference
    actor = replace(traveller.everybody[told["by"]], proved_at=clock.now())
    emergency = Emergency(Why(told["why"]), told["words"], reference)
    with transaction(actor):
        glass.open_record(actor, emergency, traveller.settings)
        audit.record(actor, "referral.viewed", referrals.get(actor, traveller.referral_id))
        glass.end(actor, glasses.open_now(actor)[0])


def safeguard(traveller: Traveller, told: dict[str, Any]) -> None:
    """Write a concern down for one colleague and nobody else."""
    reader = traveller.everybody[told["with"]].user_id
    said = (told["concern"], told["comment"], clock.today(), None)
    with traveller.held_by() as (actor, referral):
        note.add(actor, referral, NoteDraft(*said, hidden_from_person=True, readers=[reader]))


STEPS: dict[str, Step] = {"break glass": break_glass, "safeguard": safeguard}
