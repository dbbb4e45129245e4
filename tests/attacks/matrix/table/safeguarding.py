"""Safeguarding notes: the record is one that names its writer and the team's lead."""

from app.identity.actor import Role
from tests.attacks.matrix.route import Route
from tests.attacks.matrix.who import HOLDER, TEAM, THE_TEAM, at

ROUTES = {
    "safeguarding.new_note": Route(THE_TEAM, "referral"),
    "safeguarding.note": Route(frozenset({HOLDER}) | at(TEAM, Role.TEAM_LEAD), "safeguarding note"),
}
