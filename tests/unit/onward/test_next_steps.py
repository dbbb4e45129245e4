"""What one onward referral wants done next, by its state and its dates."""

from datetime import UTC, date, datetime

import pytest

from referrals.onward.actions.escalation import LINK_WORKER, SERVICE, TEAM_LEAD
from referrals.onward.actions.next_steps import of
from referrals.onward.models.onward_referral import Attendance, OnwardReferral
from referrals.record.models.referral import Step
from referrals.record.models.status import Status

TODAY = date(2026, 11, 23)
TOMORROW, YESTERDAY = date(2026, 11, 24), date(2026, 11, 22)
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def onward(status, look_on=None, **more):
    return OnwardReferral(status=status, look_on=look_on, **more)


@pytest.mark.parametrize(
    ("status", "look_on", "step", "waiting"),
    [
        (Status.REQUESTED, TOMORROW, Step.AWAIT_ANSWER, True),
        (Status.REQUESTED, TODAY, Step.AWAIT_ANSWER, True),
        (Status.REQUESTED, YESTERDAY, Step.CHASE_ANSWER, False),
        (Status.ON_HOLD, TOMORROW, Step.REVIEW_WAITING, True),
        (Status.ON_HOLD, TODAY, Step.REVIEW_WAITING, False),
        (Status.ACCEPTED, TOMORROW, Step.FOLLOW_UP, True),
        (Status.IN_PROGRESS, TODAY, Step.FOLLOW_UP, False),
    ],
)
def test_by_state_and_date(status, look_on, step, waiting):
    found = of(onward(status, look_on), TODAY)
    assert (found.step, found.due, found.waiting) == (step, look_on, waiting)


def test_news_comes_first():
    found = of(onward(Status.REJECTED, news_at=NOW), TODAY)
    assert (found.step, found.due, found.waiting) == (Step.READ_ANSWER, TODAY, False)
    missed = onward(Status.ACCEPTED, TOMORROW, news_at=NOW, attendance=Attendance.DID_NOT_ATTEND)
    assert of(missed, TODAY).step == Step.FOLLOW_UP


def test_what_has_ended_and_was_noted_wants_nothing():
    assert of(onward(Status.COMPLETED), TODAY) is None


def test_silence_goes_up_in_order():
    assert SERVICE < LINK_WORKER < TEAM_LEAD
