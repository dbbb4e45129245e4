"""What an act needs besides its permission comes from settings, and only ever narrows."""

import uuid
from dataclasses import replace
from datetime import timedelta

import pytest

from app.core import clock
from app.core.errors import Denied
from app.identity import assurance
from app.identity.actor import Actor, Role
from app.identity.assurance import ProofNeeded
from config import acts
from config.acts import DEFAULTS, Act, Need
from config.environment import SettingsError

NOBODY_YET = Actor(uuid.uuid4(), uuid.uuid4(), frozenset({Role.LINK_WORKER}))


@pytest.fixture
def needs():
    yield lambda act, need: assurance.configure({act: need})
    assurance.configure(DEFAULTS)


def load(**said):
    complaints: list[str] = []
    return acts.load({f"TRELLIS_ACT_{name}": text for name, text in said.items()}, complaints), (
        complaints
    )


def signed_in(seconds_ago: float, **more) -> Actor:
    return replace(NOBODY_YET, proved_at=clock.now() - timedelta(seconds=seconds_ago), **more)


def test_breaking_the_glass_needs_a_sign_in_younger_than_five_minutes_unless_told_otherwise():
    assurance.require(signed_in(290), Act.BREAK_GLASS)
    for stale in (signed_in(301), NOBODY_YET):
        with pytest.raises(ProofNeeded) as asked:
            assurance.require(stale, Act.BREAK_GLASS)
        assert asked.value.act is Act.BREAK_GLASS
    assert load()[0][Act.BREAK_GLASS] == Need(max_age=300)
    assert load(BREAK_GLASS_MAX_AGE="")[0][Act.BREAK_GLASS] == Need()


def test_an_act_may_need_an_assurance_level(needs):
    needs(Act.CHANGE_MEMBERS, Need(acr=("AAL2", "AAL3")))
    assert assurance.proved(replace(NOBODY_YET, acr="AAL3"), Act.CHANGE_MEMBERS)
    assert not assurance.proved(replace(NOBODY_YET, acr="AAL1"), Act.CHANGE_MEMBERS)


def test_an_act_may_be_reserved_for_roles_and_a_new_sign_in_does_not_help_the_others(needs):
    needs(Act.BREAK_GLASS, Need(max_age=300, roles=("team lead",)))
    with pytest.raises(Denied, match="team lead"):
        assurance.require(signed_in(1), Act.BREAK_GLASS)
    assurance.require(signed_in(1, roles=frozenset({Role.TEAM_LEAD})), Act.BREAK_GLASS)
    assert assurance.words(Act.BREAK_GLASS) == "signed in less than 300 seconds ago and team lead"
    assert assurance.words(Act.CHANGE_AGREEMENTS) == "nothing more"


def test_settings_are_read_and_mistakes_are_named():
    found, complaints = load(
        BREAK_GLASS_MAX_AGE="120",
        BREAK_GLASS_ACR="AAL2 AAL3",
        BREAK_GLASS_ROLES="team lead, privacy officer",
        ERASE_PERSON_MAX_AGE="soon",
        CHANGE_MEMBERS_MAX_AGE="1",
        MAKE_TEA_MAX_AGE="60",
    )
    assert found[Act.BREAK_GLASS] == Need(120, ("AAL2", "AAL3"), ("team lead", "privacy officer"))
    assert complaints == [
        "TRELLIS_ACT_CHANGE_MEMBERS_MAX_AGE must be a whole number of seconds, 60 or more",
        "TRELLIS_ACT_ERASE_PERSON_MAX_AGE must be a whole number of seconds, 60 or more",
        "TRELLIS_ACT_MAKE_TEA_MAX_AGE is not a setting",
    ]
    with pytest.raises(SettingsError, match="not wizard"):
        assurance.configure({Act.BREAK_GLASS: Need(roles=("wizard",))})
