"""The pages of the directory; importing this registers them on the blueprint."""

from directory.blueprint import bp
from directory.finding.views import find, week
from directory.views import history, listing, mine, organisation, place, service, time, topic

__all__ = [
    "bp",
    "find",
    "history",
    "listing",
    "mine",
    "organisation",
    "place",
    "service",
    "time",
    "topic",
    "week",
]
