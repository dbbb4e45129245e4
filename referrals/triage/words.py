"""How triage says things."""

from referrals.record.models.status import Reason

DECLINE = {
    Reason.NOT_ELIGIBLE: "They are not eligible for this service",
    Reason.FULL: "The team is full",
    Reason.OUT_OF_AREA: "They live outside our area",
    Reason.RISK_NOT_SUITABLE: "The risk is more than we can support",
    Reason.CANNOT_CONTACT: "They cannot be contacted",
    Reason.PERSON_DECLINED: "They do not want this",
    Reason.DUPLICATE: "They are with us already",
    Reason.SERVICE_CLOSED: "The service has closed",
    Reason.OTHER: "Another reason",
}
HOLD = {
    Reason.FULL: "No place for now: waiting list",
    Reason.CANNOT_CONTACT: "They cannot be contacted for now",
    Reason.PERSON_DECLINED: "They asked to start later",
    Reason.OTHER: "Another reason",
}
