"""Put right what was recorded wrongly. What was written stays, and is shown as such."""

from app.core import audit
from app.core.db import session
from app.core.errors import Conflict
from app.identity.actor import Actor
from referrals.caseload import policy
from referrals.caseload.actions.encounter import EncounterDraft, record
from referrals.caseload.models.encounter import Encounter
from referrals.record.actions import event, next_step
from referrals.record.models.referral import Referral


def correct(
    actor: Actor, referral: Referral, encounter: Encounter, draft: EncounterDraft
) -> Encounter:
    """Let what is said now stand in the place of an encounter.

    Raises:
        Denied: the actor neither holds the referral nor leads the team, or it is not open.
        Conflict: it has been corrected already.
        Invalid: as for a new one.
    """
    policy.RECORD_ENCOUNTER.require(actor, referral)
    _strike(actor, encounter)
    return record(actor, referral, draft, corrects=encounter)


def take_back(actor: Actor, referral: Referral, encounter: Encounter, why: str) -> None:
    """Say that an encounter did not happen, or not with this person, and why it is there.

    Raises:
        Denied: the actor neither holds the referral nor leads the team, or it is not open.
        Conflict: it has been corrected already.
    """
    policy.RECORD_ENCOUNTER.require(actor, referral)
    _strike(actor, encounter)
    event.add(actor, referral, "encounter entered by mistake", why)
    next_step.refresh(referral)


def _strike(actor: Actor, encounter: Encounter) -> None:
    session.refresh(encounter, ["stands"], with_for_update=True)
    if not encounter.stands:
        raise Conflict("Somebody has corrected this encounter already.")
    encounter.stands = False
    audit.record(actor, "encounter.struck", encounter)
