"""How a caseload says how people met, and what came of it."""

from referrals.caseload.models.encounter import Kind, Outcome, Place, Present

KINDS = {Kind.MESSAGE: "Text or email"}
PLACES = {Place.SURGERY: "At the surgery", Place.HOME: "At home"}
OUTCOMES = {
    Outcome.SPOKE: "We spoke",
    Outcome.CANCELLED: "Cancelled beforehand",
}
PRESENT = {Present.FAMILY: "Family or friend"}
