"""What onward referrals want done next on the referral they belong to."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import or_, select

from app.core import clock
from app.core.db import session
from referrals.onward.models.onward_referral import Attendance, OnwardReferral
from referrals.record.actions.next_step import Candidate, offers
from referrals.record.models.referral import Referral, Step
from referrals.record.models.status import Status

WAITS_FOR = {
    Status.REQUESTED: Step.AWAIT_ANSWER,
    Status.ON_HOLD: Step.REVIEW_WAITING,
}
MISSED = (Attendance.DID_NOT_ATTEND, Attendance.EVENT_CANCELLED)


@offers
def onward_referrals(referral: Referral) -> Iterable[Candidate]:
    """One candidate for each that is open, or that ended with news nobody has noted."""
    wanted = or_(OnwardReferral.closed_at.is_(None), OnwardReferral.news_at.is_not(None))
    found = session.scalars(
        select(OnwardReferral).where(OnwardReferral.referral_id == referral.id, wanted)
    )
    for one in found:
        candidate = of(one, clock.today())
        if candidate:
            yield candidate


def of(onward: OnwardReferral, today: date) -> Candidate | None:
    """What this one wants: news first, then its own date."""
    if onward.news_at:
        missed = onward.attendance in MISSED and onward.is_open
        step = Step.FOLLOW_UP if missed else Step.READ_ANSWER
        return Candidate(step, clock.local(onward.news_at).date())
    due = onward.look_on
    if due is None:
        return None
    late = due < today
    if onward.status == Status.REQUESTED and late:
        return Candidate(Step.CHASE_ANSWER, due)
    step = WAITS_FOR.get(Status(onward.status), Step.FOLLOW_UP)
    # A waiting list is the team's to review on the day; an answer may come until the day ends.
    waiting = due >= today if onward.status == Status.REQUESTED else due > today
    return Candidate(step, due, waiting=waiting)
