"""Telling is not sending: nothing leaves, nobody new may see anything; paper for the person."""

import pytest
import sqlalchemy as sa

from app.core.db import session, transaction
from app.core.errors import Denied, NotFound
from referrals.onward.actions import signpost
from referrals.onward.queries import sheet
from tests.browse import page_of
from tests.stage import Stage


@pytest.fixture
def stage(database):
    return Stage(database)


def test_a_signpost_makes_no_relationship(stage):
    referral_id = stage.taken_on()
    with transaction(stage.worker):
        signpost.add(stage.worker, stage.get(stage.worker, referral_id), stage.service_id)
    with transaction(stage.coordinator):
        for table in ("relationship", "signpost", "onward_referral", "disclosure"):
            assert session.scalar(sa.text(f"select count(*) from {table}")) == 0


@pytest.mark.parametrize("who", ["gp", "other_lead", "coordinator", "commissioner"])
def test_only_the_team_signposts(stage, who):
    referral_id = stage.taken_on()
    with transaction(stage.worker):
        referral = stage.get(stage.worker, referral_id)
    actor = getattr(stage, who)

    def told():
        seen = stage.get(actor, referral_id) if who == "gp" else referral
        signpost.add(actor, seen, stage.service_id)

    with pytest.raises((Denied, NotFound, sa.exc.ProgrammingError)), transaction(actor):
        told()


def test_the_sheet_says_what_happens_next(stage, signed_in):
    referral_id = stage.taken_on()
    stage.sent_on(referral_id)
    choir = stage.offers("Harbour choir")
    with transaction(stage.worker):
        referral = stage.get(stage.worker, referral_id)
        signpost.add(stage.worker, referral, choir)
        signpost.add(stage.worker, referral, choir)
        first, second = sheet.of(referral)
        assert "They will answer" in first.what_next
        assert second.what_next == sheet.YOURSELF
    shown = page_of(signed_in(stage.worker), f"/onward/{referral_id}/sheet?large=1")
    assert "1 Quay Street" in shown
    assert "Almeida" not in shown
