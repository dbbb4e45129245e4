"""Who may see a caseload and work on what is on it."""

from app.access import Permission, rule
from app.identity.actor import Actor
from referrals.record.models.referral import Referral
from referrals.record.models.status import Status
from referrals.record.policy import (
    a_link_worker,
    broke_glass,
    link_worker,
    receiver,
    still_open,
    team_lead,
)

TAKEN_ON = {Status.ACCEPTED, Status.IN_PROGRESS, Status.ON_HOLD}


@rule("asking about a referral that was taken on")
def taken_on(_actor: Actor, referral: Referral) -> bool:
    return referral.status in TAKEN_ON


_work = receiver & (link_worker | team_lead) & still_open

SEE_CASELOAD = Permission("see one's own caseload", a_link_worker | team_lead)
SEE_COLLEAGUES = Permission("see a colleague's or the team's caseload", team_lead)
OPEN = Permission("open the work on a referral", receiver | broke_glass)
PRINT = Permission("print the work on a referral", receiver)
RECORD_ENCOUNTER = Permission("record an encounter", _work & taken_on)
KEEP_PLAN = Permission("keep needs, goals and actions", _work & taken_on)
KEEP_PERSON = Permission("change contact details and access needs", _work & taken_on)
KEEP_RISKS = Permission("add, review and end risks", _work)
