"""How a referral is to end: the outcome, its reason, and the message that says so."""

from dataclasses import dataclass

from referrals.finish.models.message import Letter
from referrals.record.models.status import Reason, Status

OUTCOMES = (Status.COMPLETED, Status.FAILED, Status.CANCELLED)


@dataclass(frozen=True)
class Closing:
    """`reason` goes with every outcome but "finished"."""

    outcome: Status
    letter: Letter
    reason: Reason | None = None
