"""Counts, for those who commission: nobody by name."""

from app.identity.actor import Role
from tests.attacks.matrix.route import Route
from tests.attacks.matrix.who import anywhere

COUNT = Route(anywhere(Role.COMMISSIONER))

ROUTES = {"report.counts": COUNT, "report.download": COUNT}
