"""Who may answer an onward referral: the agency it was sent to, as a coordinator."""

from app.access import Permission, rule
from app.identity.actor import Actor, Role
from referrals.onward.models.onward_referral import OnwardReferral


@rule("a coordinator")
def coordinator(actor: Actor, _subject: object) -> bool:
    """Whether the actor answers for their agency's services."""
    return actor.is_a(Role.COORDINATOR)


@rule("in the agency that it was sent to")
def addressee(actor: Actor, onward: OnwardReferral) -> bool:
    """Whether the onward referral was sent to the actor's agency."""
    return actor.agency_id == onward.to_agency_id


@rule("asking about an onward referral that is still open")
def still_open(_actor: Actor, onward: OnwardReferral) -> bool:
    """Whether it has not ended or been withdrawn."""
    return onward.is_open


READ_INBOX = Permission("read the inbox of an agency", coordinator)
READ_ONWARD = Permission("read an onward referral", coordinator & addressee)
ANSWER = Permission("answer an onward referral", coordinator & addressee & still_open)
