"""What people read for the steps of an onward referral, and for reasons."""

from referrals.record.models.status import Reason

STEPS = {
    "sent": "Sent",
    "chased": "Reminded",
    "asked": "Asked a question",
    "replied": "Reply from the team",
    "accepted": "Accepted",
    "declined": "Declined",
    "waiting list": "Put on the waiting list",
    "still waiting": "Still wants to wait",
    "booked": "Booked",
    "attended": "Attended",
    "did not attend": "Did not attend",
    "event cancelled": "Event cancelled",
    "finished": "Finished",
    "ended without help": "Ended without help",
    "withdrawn": "Withdrawn",
}
REASONS = {
    Reason.NOT_ELIGIBLE: "Not eligible for this service",
    Reason.FULL: "Full",
    Reason.OUT_OF_AREA: "Out of area",
    Reason.RISK_NOT_SUITABLE: "The risks are not suitable for this service",
    Reason.CANNOT_CONTACT: "Cannot get in contact with them",
    Reason.PERSON_DECLINED: "The person does not want it",
    Reason.DUPLICATE: "Duplicate: they are already here",
    Reason.SERVICE_CLOSED: "The service has closed",
    Reason.OTHER: "Something else",
}
WITHDRAW = {
    Reason.PERSON_DECLINED: "The person changed their mind",
    Reason.NOT_ELIGIBLE: "It is not right for them after all",
    Reason.CANNOT_CONTACT: "We cannot reach the person",
    Reason.SERVICE_CLOSED: "The service has not answered, or has closed",
    Reason.DUPLICATE: "It was sent twice",
    Reason.OTHER: "Something else",
}


def step_words(kind: str) -> str:
    """The words for one step."""
    return STEPS.get(kind, kind[:1].upper() + kind[1:])


def reason_words(code: str | None) -> str:
    """The words for a coded reason; empty when there is none."""
    known = {str(one): words for one, words in REASONS.items()}
    return known.get(code or "", code or "")
