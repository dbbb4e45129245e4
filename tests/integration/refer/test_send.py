"""Sending: one referral, one holder, one job, one audit line."""

from app.core.db import transaction
from referrals.record.models.referral import Step
from referrals.record.models.status import Status
from referrals.record.queries import referral as referrals
from tests.world import World


def test_the_team_reads_what_the_referrer_wrote(database):
    world = World(database)
    referral_id = world.referred(given_name="Ines", risk_to=["self"], risk_words="Falls")
    with transaction(world.lead):
        referral = referrals.get(world.lead, referral_id)
        assert referral.person.identity.full_name == "Ines Almeida"
        assert (referral.status, referral.next_step) == (Status.REQUESTED, Step.TRIAGE)
        assert [one.safeguarding.words for one in referrals.risks(referral)] == ["Falls"]
        assert len(referrals.needs(referral)) == 1
        assert [one.kind for one in referrals.history(referral)] == ["sent"]
