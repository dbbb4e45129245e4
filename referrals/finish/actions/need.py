"""Say how a need ended."""

from dataclasses import replace

from app.core import audit
from app.core.errors import Invalid
from app.identity.actor import Actor
from referrals.finish.policy import END_NEED
from referrals.record.actions import event, next_step
from referrals.record.models.need import Need, NeedStatus
from referrals.record.models.referral import Referral


def end(actor: Actor, referral: Referral, need: Need, status: NeedStatus, words: str = "") -> None:
    """End it; "no suitable service" is what the register of unmet need counts.

    Raises:
        Denied: not the actor's to work on.
        Conflict: it has ended already.
    """
    END_NEED.require(actor, referral)
    if status == NeedStatus.OPEN or need.referral_id != referral.id:
        raise Invalid("Say how this need ended")
    need.end(status)
    need.words = replace(need.words, ending=words)
    event.add(actor, referral, "need ended")
    next_step.refresh(referral)
    audit.record(actor, "need.ended", need, reason=str(status))
