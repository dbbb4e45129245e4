"""How long records are kept, and their end: privacy officers of who sent or received them."""

from app.identity.actor import Role
from tests.attacks.matrix.route import Route
from tests.attacks.matrix.who import OFFICERS, TEAM, anywhere, at

GATE = frozenset({Role.PRIVACY_OFFICER})
EVERY_OFFICER = Route(anywhere(Role.PRIVACY_OFFICER), gate=GATE)
RECORD = Route(OFFICERS, "kept", gate=GATE)
ERASURE = Route(OFFICERS, "erasure", gate=GATE)

ROUTES = {
    "retention.index": EVERY_OFFICER,
    "retention.find": EVERY_OFFICER,
    "retention.person": RECORD,
    "retention.propose": RECORD,
    "retention.place_hold": RECORD,
    "retention.lift_hold": Route(at(TEAM, Role.PRIVACY_OFFICER), "legal hold", gate=GATE),
    "retention.erasure": ERASURE,
    "retention.approve": Route(OFFICERS, "erasure", gate=GATE, fields={"sure": "y"}, uses_up=True),
    "retention.withdraw": Route(OFFICERS, "erasure", gate=GATE, uses_up=True),
}
