"""Who may refer on, and who may tell a person of a service."""

from app.access import Permission, rule
from app.identity.actor import Actor
from referrals.record.models.referral import Referral
from referrals.record.models.status import Status
from referrals.record.policy import WORK_ON, broke_glass, receiver, still_open


@rule("asking about a referral that has been taken on")
def taken_on(_actor: Actor, referral: Referral) -> bool:
    """Whether the team has said yes to it and it is not paused."""
    return referral.status in (Status.ACCEPTED, Status.IN_PROGRESS)


VIEW_ONWARD = Permission("view what was sent on", receiver | broke_glass)
PRINT_SHEET = Permission("print a sheet for the person", receiver)
SEND_ON = Permission("refer somebody on", WORK_ON.rule & taken_on)
FOLLOW = Permission("follow an onward referral", WORK_ON.rule)
SIGNPOST = Permission("signpost somebody", receiver & WORK_ON.rule & still_open)
