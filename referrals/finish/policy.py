"""Who may end needs and referrals, and who may read what came of them."""

from app.access import Permission, rule
from app.identity.actor import Actor, Role
from referrals.record.models.referral import Referral
from referrals.record.models.status import Status
from referrals.record.policy import (
    WORK_ON,
    broke_glass,
    link_worker,
    receiver,
    sender,
    team_lead,
)

MAY_BE_TAKEN_BACK = (Status.REQUESTED, Status.ACCEPTED)


@rule("a referrer")
def referrer(actor: Actor, _subject: object) -> bool:
    """Whether the actor sends referrals for their agency."""
    return actor.is_a(Role.REFERRER)


@rule("asking about a referral that was taken on")
def taken_on(_actor: Actor, referral: Referral) -> bool:
    """Whether the team said yes to it."""
    return referral.status in (Status.ACCEPTED, Status.IN_PROGRESS, Status.ON_HOLD)


@rule("asking about a referral on which the work has not begun")
def not_begun(_actor: Actor, referral: Referral) -> bool:
    """Whether it was sent, and perhaps taken on, and no more."""
    return referral.status in MAY_BE_TAKEN_BACK


@rule("asking about a referral that was sent")
def was_sent(_actor: Actor, referral: Referral) -> bool:
    """Whether it is no draft."""
    return referral.status != Status.DRAFT and referral.requested_at is not None


END_NEED = Permission("say how a need ended", WORK_ON.rule & taken_on)
FINISH = Permission("finish a referral", WORK_ON.rule & taken_on)
SEND_ENDING = Permission("send the closing message", receiver & (link_worker | team_lead))
TELL_REFERRER = Permission("tell the referrer that the plan is agreed", WORK_ON.rule & taken_on)
SEE_ENDING = Permission("see how a referral ended", receiver | broke_glass)
LIST_SENT = Permission("list the referrals an agency sent", referrer)
READ_SENT = Permission("read what came of a referral", sender & was_sent)
TAKE_BACK = Permission("take a sent referral back", sender & not_begun)
