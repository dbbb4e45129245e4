"""Put a referral on hold until a date, and take it up again."""

from datetime import date

from app.core import audit, clock
from app.core.errors import Conflict, Invalid
from app.identity.actor import Actor
from referrals.record.actions import event, next_step
from referrals.record.models.referral import Referral
from referrals.record.models.status import Reason, Status
from referrals.triage import policy


def hold(actor: Actor, referral: Referral, until: date, reason: Reason, words: str) -> None:
    """Pause a referral; on the date it asks to be looked at again.

    Raises:
        Denied: the actor neither leads the team nor holds the referral.
        Conflict: it is on hold already, or has ended.
        Invalid: the date is not in the future.
    """
    policy.PAUSE.require(actor, referral)
    if until <= clock.today():
        raise Invalid("Choose a date in the future to look at it again.")
    if referral.status == Status.ON_HOLD or not referral.is_open:
        raise Conflict("This referral is on hold already, or has ended.")
    referral.hold(until, reason)
    event.add(actor, referral, "put on hold", words)
    next_step.refresh(referral)
    audit.record(actor, "referral.held", referral, reason=reason)


def resume(actor: Actor, referral: Referral) -> None:
    """Take a paused referral up where it was.

    Raises:
        Denied: the actor neither leads the team nor holds the referral.
        Conflict: it is not on hold.
    """
    policy.PAUSE.require(actor, referral)
    referral.resume()
    event.add(actor, referral, "resumed")
    next_step.refresh(referral)
    audit.record(actor, "referral.resumed", referral)
