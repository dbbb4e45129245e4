"""Sending somebody on, as the team that holds the referral."""

from dataclasses import replace

from tests.attacks.matrix.route import Route
from tests.attacks.matrix.who import THE_TEAM, WORKING

READ = Route(THE_TEAM, "referral")
WORK = Route(WORKING, "referral")
BUTTON = Route(WORKING, "referral", prefix="do-")

ROUTES = {
    "onward.overview": replace(READ, glass=True),
    "onward.sheet": READ,
    "onward.show": replace(READ, glass=True),
    "onward.find": WORK,
    "onward.details": WORK,
    "onward.send": WORK,
    "onward.signpost": WORK,
    "onward.chase": BUTTON,
    "onward.noted": BUTTON,
    "onward.keep_waiting": BUTTON,
    "onward.reply": Route(WORKING, "referral", prefix="reply-"),
    "onward.withdraw": WORK,
}
