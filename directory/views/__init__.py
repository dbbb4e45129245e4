"""The pages of the directory; importing this registers them on the blueprint."""

from directory.blueprint import bp
from directory.views import find, history, listing, mine, organisation, place, service, time, topic

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
]
