"""Place and lift a legal hold."""

from app.core import audit, clock
from app.core.db import session
from app.core.errors import Conflict
from app.identity.actor import Actor
from referrals.retention.models.hold import HoldReason, LegalHold
from referrals.retention.models.kept import Kept
from referrals.retention.policy import LIFT_HOLD, PLACE_HOLD


def place(actor: Actor, kept: Kept, reason: HoldReason, case_number: str) -> LegalHold:
    """Keep everything about a person until somebody lifts the hold."""
    PLACE_HOLD.require(actor)
    if kept.erased:
        raise Conflict("This record was erased already")
    hold = LegalHold(
        person_id=kept.person_id,
        agency_id=actor.agency_id,
        placed_by=actor.user_id,
        reason=reason,
        case_number=case_number,
    )
    session.add(hold)
    audit.record(actor, "legal_hold.placed", hold, reason=reason)
    return hold


def lift(actor: Actor, hold: LegalHold, because: str) -> None:
    """Say why the records need not be held any longer."""
    LIFT_HOLD.require(actor, hold)
    if hold.lifted_at is not None:
        raise Conflict("This hold was lifted already")
    hold.lifted_at, hold.lifted_by = clock.now(), actor.user_id
    hold.lifted_because = because
    audit.record(actor, "legal_hold.lifted", hold)
