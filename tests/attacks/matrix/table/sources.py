"""The sources of the directory: for curators at a council, and absent for everybody else."""

from tests.attacks.matrix.route import Route
from tests.attacks.matrix.who import CURATOR

SOURCE = Route(CURATOR, "source")

ROUTES = {
    "sources.listed": Route(CURATOR),
    "sources.new": Route(CURATOR),
    "sources.source": SOURCE,
    "sources.often": SOURCE,
    "sources.check": SOURCE,
    "sources.read": SOURCE,
    "sources.report": SOURCE,
    "sources.origins": Route(CURATOR, "imported listing", fields={"field": "phone"}),
}
