"""A job is stored by the transaction that asks for it, and by no other."""

import uuid

import pytest

from app.core import jobs as queue
from app.core.db import transaction
from app.identity import notices as mailing
from referrals.record.notices import Notice, tell_agency
from tests.integration.jobs.waiting import forget_all, jobs


class Stop(Exception):
    """Something goes wrong before the end."""


@pytest.fixture(autouse=True)
def nothing_waits(apart):
    forget_all(apart)


def test_a_job_is_kept_with_its_data(apart, world):
    referral_id = world.referred()
    (job,) = jobs(apart)
    assert (job["status"], job["attempts"]) == ("todo", 0)
    with transaction(world.lead):
        assert world.get(world.lead, referral_id)


def test_a_job_is_rolled_back_with_its_data(apart, world):
    def send_and_stop():
        with transaction(world.gp):
            world.referred()
            raise Stop

    with pytest.raises(Stop):
        send_and_stop()
    assert jobs(apart) == []


def test_nobody_sees_a_job_before_its_transaction_is_kept(apart, world):
    with transaction(world.gp):
        tell_agency(world.team, Notice.REFERRAL_WAITING)
        assert jobs(apart) == []
    assert len(jobs(apart)) == 1


def test_a_job_says_who_is_to_be_told_and_nothing_about_anybody(apart, world):
    world.referred(given_name="Zyxwenna", family_name="Quorlbeck", reason="Abuquorl")
    (job,) = jobs(apart)
    expected = {"kind": "agency", "reference": str(world.team), "notice": "A referral is waiting"}
    assert uuid.UUID(job["args"].pop("number")), "by which a message sent again is recognised"
    assert job["args"] == expected


def test_outside_a_transaction_nothing_can_be_asked_for(apart, world):
    with pytest.raises(Exception, match="outside a transaction"):
        queue.defer(mailing.send_notice, kind="agency", reference=str(world.team), notice="x")
    assert jobs(apart) == []
