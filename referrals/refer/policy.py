"""Who may refer, and who may change a draft."""

from app.access import Permission, rule
from app.identity.actor import Actor, Role
from referrals.record.models.referral import Referral
from referrals.record.models.status import Status
from referrals.record.policy import sender


@rule("a referrer")
def referrer(actor: Actor, _subject: object) -> bool:
    return actor.is_a(Role.REFERRER)


@rule("asking about a draft")
def a_draft(_actor: Actor, referral: Referral) -> bool:
    return referral.status == Status.DRAFT


REFER = Permission("refer somebody", referrer)
EDIT_DRAFT = Permission("change, send or throw away a draft", sender & a_draft)
SEE_SENT = Permission("see what was sent", sender)
