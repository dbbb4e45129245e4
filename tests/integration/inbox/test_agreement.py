"""The permission and the database never disagree about who reads an onward referral."""

import itertools

import pytest

from app.core.db import session, transaction
from app.identity.actor import Actor, Role
from referrals.inbox.policy import READ_ONWARD
from referrals.inbox.queries import inbox
from referrals.onward.models.onward_referral import OnwardReferral
from tests import build
from tests.stage import Stage


@pytest.fixture
def stage(database):
    return Stage(database)


def readable(actor):
    """What the database shows this actor as an addressee, and the lists narrow to."""
    if not actor.is_a(Role.COORDINATOR):
        return set()
    with transaction(actor):
        shown = {one.onward_referral_id for one in session.scalars(inbox.own(actor))}
        assert shown == {one.id for one in session.query(OnwardReferral)}
        return shown


def test_for_every_agency_and_role(stage):
    second = stage.agency("Sea Shed", "voluntary organisation")
    build.agreement(stage.database, stage.team, second)
    swim = stage.offers("Swimming", of=stage.lists(second, "Sea Shed"))
    ids = [stage.sent_on(), stage.sent_on(service_id=swim), stage.sent_on()]
    with transaction(stage.worker):
        onwards = [session.get(OnwardReferral, one) for one in ids]
    for agency_id, role in itertools.product([stage.charity, second, stage.practice], Role):
        user = build.actor(stage.database, role, agency_id=agency_id)
        actor = Actor(user.user_id, agency_id, frozenset({role}))
        allowed = {one.id for one in onwards if READ_ONWARD.allows(actor, one)}
        assert readable(actor) == allowed, (agency_id, role)
