"""How rules and holds are said."""

from referrals.retention.models.hold import HoldReason
from referrals.retention.models.kept import Rule

RULES = {
    Rule.ADULT: "An adult's record, counted from the end of support",
    Rule.CHILD: "A child's record, to the end of the year of a birthday",
    Rule.DECLINED: "A referral that nobody worked on, counted from the day it was declined",
}
HOLDS = {
    HoldReason.COURT: "A court case, or the police asked for it",
    HoldReason.COMPLAINT: "A complaint or a claim",
    HoldReason.INQUIRY: "A public inquiry",
    HoldReason.SUBJECT_ACCESS: "A subject access request is open",
    HoldReason.SAFEGUARDING: "A safeguarding review",
    HoldReason.OTHER: "Something else",
}
