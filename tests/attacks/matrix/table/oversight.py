"""The privacy officer's room, and the log that a team gives to the person."""

from app.identity.actor import Role
from tests.attacks.matrix.route import ANSWERING, Route
from tests.attacks.matrix.who import TEAM, THE_TEAM, anywhere, at

OFFICER = frozenset({Role.PRIVACY_OFFICER})
ROOM = Route(anywhere(Role.PRIVACY_OFFICER))

ROUTES = {
    "oversight.index": ROOM,
    "oversight.emergencies_list": ROOM,
    "oversight.access": ROOM,
    "oversight.find_record": ROOM,
    "oversight.emergency": Route(at(TEAM, Role.PRIVACY_OFFICER), "emergency", OFFICER),
    "oversight.line": Route(at(TEAM, Role.PRIVACY_OFFICER), "unusual access", OFFICER),
    "oversight.record": Route(ANSWERING, "overseen referral", OFFICER),
    "log.show": Route(THE_TEAM, "referral"),
}
