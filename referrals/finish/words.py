"""How endings are said: to those who work on a referral, and to those who sent it."""

from referrals.finish.models.message import MessageKind
from referrals.record.models.need import NeedStatus
from referrals.record.models.status import Reason, Status

NEED_ENDINGS = {
    NeedStatus.OPEN: "still open",
    NeedStatus.MET: "met",
    NeedStatus.PARTLY_MET: "partly met",
    NeedStatus.NOT_MET: "not met",
    NeedStatus.NO_SUITABLE_SERVICE: "no suitable service was found",
    NeedStatus.PERSON_WITHDREW: "the person withdrew",
}
NEED_CHOICES = {
    NeedStatus.MET: "Met",
    NeedStatus.PARTLY_MET: "Partly met",
    NeedStatus.NOT_MET: "Not met",
    NeedStatus.NO_SUITABLE_SERVICE: "No suitable service",
    NeedStatus.PERSON_WITHDREW: "The person withdrew",
}
OUTCOMES = {
    Status.COMPLETED: "Finished: they were helped, at least in part",
    Status.FAILED: "Ended without help",
    Status.CANCELLED: "Withdrawn",
}
REASONS = {
    Reason.CANNOT_CONTACT: "We could not reach the person",
    Reason.PERSON_DECLINED: "The person did not want it",
    Reason.NOT_ELIGIBLE: "It is not for social prescribing",
    Reason.OUT_OF_AREA: "The person lives, or has moved, out of the area",
    Reason.RISK_NOT_SUITABLE: "The risks were not suitable",
    Reason.DUPLICATE: "It was sent twice",
    Reason.OTHER: "Something else",
}
TAKE_BACK = {
    Reason.PERSON_DECLINED: "The person changed their mind",
    Reason.DUPLICATE: "It was sent twice, or somebody else is helping",
    Reason.NOT_ELIGIBLE: "It is not right for them after all",
    Reason.OTHER: "Something else",
}
MESSAGES = {
    MessageKind.TAKEN_ON: "Taken on",
    MessageKind.PLAN_AGREED: "A plan is agreed",
    MessageKind.CLOSED: "Closed",
    MessageKind.NOTE: "A note",
}
# What a referrer reads of the history; the rest is the team's own work.
STEPS = {
    "sent": "Sent",
    "accepted": "Taken on",
    "declined": "Declined",
    "put on hold": "Put on hold",
    "resumed": "Taken up again",
    "allocated": "Given to a community referrer",
    "reallocated": "Given to another community referrer",
    "plan agreed": "A plan is agreed",
    "referred on": "Referred on to a community service",
    "signposted": "Told about a community service",
    "finished": "Finished",
    "ended without help": "Ended without help",
    "withdrawn": "Withdrawn",
    "taken back": "Withdrawn by the referrer",
}
WORDS_FOR_REFERRER = {"declined", "put on hold", "taken back"}
