"""A district, and what a lead does in it."""

import pytest

from app.core.db import session, transaction
from referrals.triage.actions import answer
from tests.world import World


@pytest.fixture
def world(database):
    return World(database)


@pytest.fixture
def taken_on(world):
    """`taken_on()` → the id of a referral on world.worker's caseload; `by=` another's."""

    def make(by=None, **said):
        referral_id = world.referred(**said)
        with transaction(world.lead):
            referral = world.get(world.lead, referral_id)
            answer.accept(world.lead, referral, (by or world.worker).user_id)
        return referral_id

    return make


@pytest.fixture
def now(world):
    """`now(referral_id)` → the referral as the lead sees it."""

    def read(referral_id, actor=None):
        with transaction(actor or world.lead):
            referral = world.get(actor or world.lead, referral_id)
            session.expunge(referral)
        return referral

    return read
