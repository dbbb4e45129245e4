"""Say what to do next with a referral, and by when, from everything that is going on in it.

Each part of the journey offers its own candidates; the most pressing one wins. Stored with
the referral, so that a caseload of any size is read from an index.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from app.core.db import session
from referrals.record.models.referral import Referral, Step
from referrals.record.models.status import Status


@dataclass(frozen=True)
class Candidate:
    """Something to be done by a date; `waiting` when it is others who must do it.

    A `last_resort` counts only when nothing else is going on, such as a regular review.
    """

    step: Step
    due: date
    waiting: bool = False
    last_resort: bool = False

    @property
    def pressing(self) -> tuple[bool, date, bool]:
        """The least is the most pressing: what comes first, and ours before theirs."""
        return self.last_resort, self.due, self.waiting


Collector = Callable[[Referral], Iterable[Candidate]]
_collectors: list[Collector] = []


def offers(collector: Collector) -> Collector:
    """Register what one part of the journey may want done next."""
    _collectors.append(collector)
    return collector


def refresh(referral: Referral) -> None:
    """Choose the referral's next step again; call it at the end of every action on it."""
    session.flush()
    if not referral.is_open:
        referral.plan_next(Step.NOTHING, None)
        return
    found = [one for collector in _collectors for one in collector(referral)]
    if found:
        chosen = min(found, key=lambda one: one.pressing)
        referral.plan_next(chosen.step, chosen.due, waiting_on_others=chosen.waiting)


@offers
def state_of_the_referral(referral: Referral) -> Iterable[Candidate]:
    """What the state alone asks for."""
    if referral.status == Status.ON_HOLD and referral.on_hold_until:
        yield Candidate(Step.REVIEW_HOLD, referral.on_hold_until)
    elif referral.first_contact_due:
        if referral.status == Status.REQUESTED:
            yield Candidate(Step.TRIAGE, referral.first_contact_due)
        elif referral.status == Status.ACCEPTED:
            allocated = referral.link_worker_id is not None
            step = Step.FIRST_CONTACT if allocated else Step.ALLOCATE
            yield Candidate(step, referral.first_contact_due)
