"""The referrer takes back what they sent, before the work has begun."""

from app.core import audit
from app.core.errors import Conflict
from app.identity.actor import Actor
from referrals.finish.policy import MAY_BE_TAKEN_BACK, READ_SENT, TAKE_BACK
from referrals.record.actions import event, next_step
from referrals.record.models.referral import Referral
from referrals.record.models.status import Reason, Status
from referrals.record.notices import Notice, tell_agency


def cancel(actor: Actor, referral: Referral, reason: Reason, words: str = "") -> None:
    """Withdraw it, with a reason; the team is told.

    Raises:
        Denied: the actor's agency did not send it.
        Conflict: the team has begun to work on it, or it has ended.
    """
    READ_SENT.require(actor, referral)
    if referral.status not in MAY_BE_TAKEN_BACK:
        raise Conflict("The team has begun to work on this referral, or it has ended")
    TAKE_BACK.require(actor, referral)
    referral.move(Status.CANCELLED, reason)
    event.add(actor, referral, "taken back", words)
    next_step.refresh(referral)
    audit.record(actor, "referral.taken_back", referral, reason=reason)
    if referral.to_agency_id:
        tell_agency(referral.to_agency_id, Notice.WITHDRAWN)
