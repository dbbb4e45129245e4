"""The same district; and what a community referrer does in it."""

import pytest

from app.core import clock
from app.core.db import transaction
from referrals.caseload.actions import encounter
from referrals.caseload.actions.encounter import EncounterDraft
from referrals.caseload.models.encounter import Kind, Outcome
from tests.integration.triage.conftest import now, taken_on, world

__all__ = ["now", "taken_on", "world"]


@pytest.fixture
def met(world, taken_on):
    """`met()` → the id of a referral whose person was spoken with today."""

    def make(**said):
        referral_id = taken_on(**said)
        with transaction(world.worker):
            referral = world.get(world.worker, referral_id)
            spoke = EncounterDraft(clock.today(), Kind.TELEPHONE, Outcome.SPOKE)
            encounter.record(world.worker, referral, spoke)
        return referral_id

    return make
