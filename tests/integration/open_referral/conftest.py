"""Two charities' listings with everything that a listing can say, and somebody reading them."""

from datetime import time

import pytest

from directory.actions.topics.contact import Contact
from directory.actions.topics.eligibility import Eligibility
from directory.actions.topics.places import Place, Places
from directory.actions.topics.state import State
from directory.actions.topics.times import Times
from directory.models.schedule import Day, Repeat
from directory.models.timetable import Session
from tests.integration.directory.conftest import another, charity, curator, reference

__all__ = ["another", "charity", "curator", "reference"]

BASE = "/open-referral/v3"
MORNING = Session(
    (Day.TUESDAY, Day.THURSDAY), Repeat.FORTNIGHTLY, time(10), time(12), "not in August"
)
EVENING = Session((Day.FRIDAY,), Repeat.FIRST, time(19), time(21, 30))
HALL = Place(
    *("Harbour Hall", "1 Quay Street", "Saltmere", "QS2 1AA"),
    travel="Bus 9 stops outside",
    facilities=["step-free entrance", "hearing loop"],
    access="Ring the bell for the lift",
)
CHURCH = Place("St Anne's", "Hill Road", "Kittering", "QS3 1AA")


class Reader:
    """Somebody who reads the open data, with no cookie."""

    def __init__(self, application) -> None:
        self._client = application.test_client()

    def answer(self, path, headers=(), **asked):
        """What is answered, whatever it is."""
        return self._client.get(f"{BASE}{path}", query_string=asked, headers=dict(headers))

    def __call__(self, path, **asked):
        """What is answered, as JSON; it must be an answer."""
        found = self.answer(path, **asked)
        assert found.status_code == 200, found.text
        return found.json

    def names(self, path="/services", **asked):
        """The names of the services on a page."""
        found = self(path, **asked)["contents"]
        return [(one.get("service") or one)["name"] for one in found]


@pytest.fixture
def read(application) -> Reader:
    """`read("/services", day="TU")` → the JSON."""
    return Reader(application)


@pytest.fixture
def club(charity):
    """A service of which everything is known."""
    return charity.lists(
        "Axolotl club",
        Eligibility(
            *("Anybody who is lonely", 18, 65, "Free"),
            area_name="Saltmere",
            outwards=["QS1", "QS2"],
        ),
        Times([MORNING, EVENING]),
        Places([HALL, CHURCH]),
        Contact("Ines", "01632 960100", "hello@charity.example", "https://charity.example/a b?c=£"),
        State("places", places=4),
        description="Quiet company",
        needs=("company.lonely", "money.debt"),
    )
