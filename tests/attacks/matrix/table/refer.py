"""Referring somebody: the pages of the agency that refers."""

from app.identity.actor import Role
from tests.attacks.matrix.route import Route
from tests.attacks.matrix.who import REFERRERS, anywhere

REFER = Route(anywhere(Role.REFERRER))
DRAFT = Route(REFERRERS, "draft")
SENT = Route(REFERRERS, "sent")

ROUTES = {
    "refer.start": REFER,
    "refer.new": REFER,
    "refer.find": REFER,
    "refer.refer_again": Route(REFERRERS, "person", gate=frozenset({Role.REFERRER})),
    "refer.who": DRAFT,
    "refer.contact": DRAFT,
    "refer.why": DRAFT,
    "refer.already_known": DRAFT,
    "refer.check": DRAFT,
    "refer.throw_away": DRAFT,
    "refer.sent": SENT,
    "refer.paper": SENT,
}
