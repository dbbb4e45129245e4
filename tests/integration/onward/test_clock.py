"""Silence never expires: it is said in words, goes up, and comes back to the caseload."""

from datetime import timedelta

import pytest

from app.core import clock
from app.core.db import session, transaction
from referrals.inbox.actions import answer
from referrals.inbox.queries import inbox
from referrals.onward.actions import escalation, follow, next_steps
from referrals.onward.models.onward_referral import OnwardReferral
from referrals.onward.queries import onward as onwards
from referrals.onward.queries import summary
from referrals.record.models.referral import Step
from referrals.record.models.status import Reason
from tests.stage import Stage


@pytest.fixture
def stage(database):
    return Stage(database)


@pytest.fixture
def reached(stage):
    """A referral whose person was spoken with today, and what was sent on for it."""
    referral_id = stage.taken_on()
    stage.spoken_with(referral_id)
    return referral_id, stage.sent_on(referral_id)


def made_late(owner, onward_id, days):
    owner.execute("set role trellis_policy")
    owner.execute(
        "update onward_referral set answer_due = answer_due - %(by)s, look_on = look_on - %(by)s,"
        " requested_at = requested_at - make_interval(days => %(by)s) where id = %(id)s",
        {"by": days, "id": onward_id},
    )
    owner.execute("reset role")


def step_of(stage, referral_id):
    with transaction(stage.worker):
        return stage.get(stage.worker, referral_id).next_step


def wanted(stage, onward_id):
    with transaction(stage.worker):
        return next_steps.of(session.get(OnwardReferral, onward_id), clock.today())


def test_an_unanswered_onward_referral_is_chased_and_never_ends(stage, owner, reached):
    referral_id, onward_id = reached
    assert wanted(stage, onward_id).step == Step.AWAIT_ANSWER
    assert wanted(stage, onward_id).waiting
    made_late(owner, onward_id, 30)
    escalation.escalate_silence(0)
    assert step_of(stage, referral_id) == Step.CHASE_ANSWER
    with transaction(stage.worker):
        onward = session.get(OnwardReferral, onward_id)
        assert onward.status == "requested"
        assert onward.escalation == escalation.TEAM_LEAD
        assert "working days without an answer" in summary.clock_of(onward)
    jobs = owner.execute("select args from procrastinate_jobs where task_name = 'send_notice'")
    told = {row[0]["reference"] for row in jobs}
    assert {str(stage.charity), str(stage.worker.user_id), str(stage.lead.user_id)} <= told
    with transaction(stage.worker):
        referral = stage.get(stage.worker, referral_id)
        follow.chase(stage.worker, referral, onwards.get(stage.worker, referral, onward_id))
    assert step_of(stage, referral_id) != Step.CHASE_ANSWER
    assert wanted(stage, onward_id).step == Step.AWAIT_ANSWER


def test_an_answer_comes_to_the_top_until_it_is_noted(stage, reached):
    referral_id, onward_id = reached
    with transaction(stage.coordinator):
        one = inbox.get(stage.coordinator, onward_id)
        answer.decline(stage.coordinator, one, Reason.FULL, "Not before March")
    assert step_of(stage, referral_id) == Step.READ_ANSWER
    with transaction(stage.worker):
        referral = stage.get(stage.worker, referral_id)
        sent = onwards.get(stage.worker, referral, onward_id)
        assert sent.news_at
        follow.note_news(stage.worker, referral, sent)
    with transaction(stage.worker):
        referral = stage.get(stage.worker, referral_id)
        assert referral.next_due_on > clock.today()


def test_a_waiting_list_is_reviewed_every_four_weeks(stage, reached):
    referral_id, onward_id = reached
    with transaction(stage.coordinator):
        one = inbox.get(stage.coordinator, onward_id)
        answer.wait(stage.coordinator, one, clock.today() + timedelta(days=90))
        assert one.look_on == clock.today() + timedelta(days=28)
    with transaction(stage.worker):
        referral = stage.get(stage.worker, referral_id)
        sent = onwards.get(stage.worker, referral, onward_id)
        follow.keep_waiting(stage.worker, referral, sent, stage.settings)
    asked = wanted(stage, onward_id)
    assert asked.step == Step.REVIEW_WAITING
    assert asked.due == clock.today() + timedelta(days=28)
