"""The pages of the directory; importing this registers them on the blueprint."""

from directory.blueprint import bp
from directory.finding.views import find, week
from directory.views import entry, history, listing, mine, organisation, place, service, time, topic

__all__ = [
    "bp",
    "entry",
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
