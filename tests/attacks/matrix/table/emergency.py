"""Opening a record in an emergency."""

from app.identity.actor import Role
from tests.attacks.matrix.route import Route
from tests.attacks.matrix.who import ELSEWHERE, anywhere, at

TEAMS = Route(anywhere(Role.TEAM_LEAD, Role.LINK_WORKER))

ROUTES = {
    "emergency.ask": TEAMS,
    "emergency.came_to": TEAMS,
    "emergency.end": Route(
        at(ELSEWHERE, Role.LINK_WORKER), "broken glass", prefix="glass-", uses_up=True
    ),
}
