"""Judging what was sent to a team."""

from app.identity.actor import Role
from tests.attacks.matrix.route import Route
from tests.attacks.matrix.who import LEAD, THE_TEAM, WORKING, anywhere

ROUTES = {
    "triage.queue": Route(anywhere(Role.TEAM_LEAD, Role.LINK_WORKER)),
    "triage.reallocate": Route(anywhere(Role.TEAM_LEAD)),
    "triage.judge": Route(THE_TEAM, "referral"),
    "triage.accept": Route(LEAD, "referral"),
    "triage.decline": Route(LEAD, "referral"),
    "triage.allocate": Route(LEAD, "referral"),
    "triage.hold": Route(WORKING, "referral"),
    "triage.resume": Route(WORKING, "referral"),
}
