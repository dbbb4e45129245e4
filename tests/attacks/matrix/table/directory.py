"""The directory: read by everybody, kept by the organisation's coordinators and the curator."""

from app.identity.actor import Role
from tests.attacks.matrix.route import PUBLIC, Route
from tests.attacks.matrix.who import CURATOR, KEEPERS, anywhere

LISTING = Route(KEEPERS, "listing")
ONCE = Route(KEEPERS, "listing", uses_up=True)

ROUTES = {
    "directory.find": PUBLIC,
    "directory.show": PUBLIC,
    "directory.this_week": PUBLIC,
    "directory.this_week_calendar": PUBLIC,
    "directory.service_calendar": PUBLIC,
    "freshness.report": PUBLIC,
    "freshness.send": PUBLIC,
    "freshness.answer": PUBLIC,
    "freshness.right": PUBLIC,
    "freshness.change": PUBLIC,
    "freshness.claimed": PUBLIC,
    "curation.queue": Route(CURATOR),
    "curation.look_for_duplicates": Route(CURATOR),
    "curation.change": Route(CURATOR, "proposal", uses_up=True),
    "curation.take_back": Route(KEEPERS, "proposal", uses_up=True),
    "curation.claim": Route(
        anywhere(Role.COORDINATOR), "unclaimed", gate=frozenset({Role.COORDINATOR})
    ),
    "curation.decide_claim": Route(CURATOR, "claim", uses_up=True),
    "curation.editors": Route(CURATOR, "organisation"),
    "curation.report": Route(CURATOR, "report", uses_up=True),
    "curation.duplicate": Route(CURATOR, "duplicate", uses_up=True),
    "curation.part": Route(CURATOR, "merge", uses_up=True),
    "standing.checks": Route(CURATOR, "organisation"),
    "standing.check_rules": Route(CURATOR),
    "standing.profiles": Route(CURATOR),
    "standing.profile": Route(CURATOR, "profile"),
    "directory.mine": Route(anywhere(Role.COORDINATOR) | CURATOR),
    "directory.listing": LISTING,
    "directory.topic": LISTING,
    "directory.confirm": LISTING,
    "directory.history": LISTING,
    "directory.undo": ONCE,
    "directory.places": LISTING,
    "directory.place": LISTING,
    "directory.remove_place": LISTING,
    "directory.new_place": LISTING,
    "directory.room": Route(KEEPERS, "listing", fields={"state": "full"}),
    "directory.times": LISTING,
    "directory.remove_time": LISTING,
    "directory.organisations": Route(CURATOR),
    "directory.organisation": Route(KEEPERS, "organisation"),
    "directory.entry": Route(KEEPERS, "organisation"),
    "directory.new_service": Route(KEEPERS, "organisation"),
    "directory.new_organisation": Route(CURATOR),
}
