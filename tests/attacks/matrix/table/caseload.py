"""The work on what a team has taken on."""

from dataclasses import replace

from app.identity.actor import Role
from tests.attacks.matrix.route import Route
from tests.attacks.matrix.who import THE_TEAM, WORKING, anywhere

CASELOAD = Route(anywhere(Role.TEAM_LEAD, Role.LINK_WORKER))
OPEN = Route(THE_TEAM, "referral")
WORK = Route(WORKING, "referral")

ROUTES = {
    "caseload.index": CASELOAD,
    "caseload.find": CASELOAD,
    "caseload.show": replace(OPEN, glass=True),
    "caseload.paper": OPEN,
    "caseload.new_encounter": WORK,
    "caseload.correct_encounter": WORK,
    "caseload.mistaken_encounter": WORK,
    "caseload.person": WORK,
    "caseload.requirements": WORK,
    "caseload.about_me": WORK,
    "caseload.new_need": WORK,
    "caseload.need": WORK,
    "caseload.new_goal": WORK,
    "caseload.goal": WORK,
    "caseload.new_action": WORK,
    "caseload.action": WORK,
    "caseload.new_risk": WORK,
    "caseload.risk": WORK,
    "caseload.no_risks": Route(WORKING, "referral", prefix="none-"),
}
