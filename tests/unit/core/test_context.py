import hashlib
import hmac
import uuid

from app.core import context
from app.identity.actor import Actor, Role

KEY = b"k" * 32
ACTOR = Actor(uuid.uuid4(), uuid.uuid4(), frozenset({Role.REFERRER, Role.COORDINATOR}))


def test_a_context_says_who_asks_for_which_agency_and_how_far_they_reach():
    user, agency, reach, expiry, begun, _mac = context.sign(ACTOR, KEY, 77, at=1000).split("|")
    assert (user, agency) == (str(ACTOR.user_id), str(ACTOR.agency_id))
    assert reach == "onward,source"
    assert int(expiry) == 1000 + context.LIFETIME_SECONDS
    assert int(begun) == 77


def test_nobody_has_no_agency_and_no_reach():
    assert context.sign(context.NOBODY, KEY, 77, at=0).startswith("|||")


def test_the_padded_keys_make_the_same_hmac_as_the_standard_library():
    inner, outer = context.padded_keys(KEY)
    by_hand = hashlib.sha256(outer + hashlib.sha256(inner + b"body").digest()).hexdigest()
    assert by_hand == hmac.new(KEY, b"body", hashlib.sha256).hexdigest()


def test_no_role_reaches_another_role_s_relationship():
    for role in Role:
        reach = Actor(uuid.uuid4(), uuid.uuid4(), frozenset({role})).reach
        assert ("holder" in reach) == (role in {Role.LINK_WORKER, Role.TEAM_LEAD})
        assert ("source" in reach) == (role is Role.REFERRER)
        assert ("onward" in reach) == (role is Role.COORDINATOR)
