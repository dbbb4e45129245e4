"""People at every stage of a journey."""

from app.demonstration.area.people import Everybody
from config.settings import Settings


def travel(settings: Settings, everybody: Everybody) -> int:
    """Refer everybody in the data file and take them as far as it says; how many."""
    return 0
