"""Ending needs and referrals, and what the referrer is told."""

from app.identity.actor import Role
from tests.attacks.matrix.route import Route
from tests.attacks.matrix.who import REFERRERS, WORKING, anywhere

WORK = Route(WORKING, "referral")
SENT = Route(REFERRERS, "sent")

ROUTES = {
    "finish.end_need": WORK,
    "finish.close": WORK,
    "finish.finish": WORK,
    "finish.plan": WORK,
    "sent.index": Route(anywhere(Role.REFERRER)),
    "sent.show": SENT,
    "sent.paper": SENT,
    "sent.take_back": SENT,
}
