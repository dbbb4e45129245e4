"""The area's directory: a curator adds organisations, coordinators add their services."""

from itertools import cycle
from typing import Any

from app.core import clock
from app.core.db import transaction
from app.demonstration.area.people import Everybody, read
from app.identity.actions import founding
from app.identity.actor import Actor
from directory.actions import listing, loading
from directory.actions import organisation as organisations
from directory.actions import service as services
from directory.actions.organisation import OrganisationDraft
from directory.actions.topics.contact import Contact
from directory.actions.topics.description import Description
from directory.actions.topics.eligibility import Eligibility
from directory.actions.topics.places import Place, Places
from directory.actions.topics.state import State
from directory.actions.topics.times import Times
from directory.curation.actions import claim
from directory.models.organisation import Organisation
from directory.models.schedule import Day, Repeat
from directory.models.timetable import Session

CURATOR = "ravi-curator"
# How many days ago each service was confirmed, in turn, where its organisation says nothing else.
CONFIRMED = (3, 40, 12, 101)


def publish(owner: founding.Owner, everybody: Everybody) -> int:
    """Load needs and postcodes, add every organisation and service; how many services."""
    loading.load_needs(owner)
    loading.load_postcodes(owner, loading.DEMONSTRATION_POSTCODES)
    return sum(_organisation(everybody, one) for one in read("services.toml")["organisation"])


def _organisation(everybody: Everybody, told: dict[str, Any]) -> int:
    curator = everybody[CURATOR]
    keeper = everybody[told["coordinator"]["subject"]] if "coordinator" in told else curator
    names = ("name", "description", "email", "phone", "url", "charity_number")
    with transaction(curator):
        agency_id = keeper.agency_id if keeper is not curator else None
        draft = OrganisationDraft(**{name: told[name] for name in names})
        organisation = organisations.add(curator, draft, agency_id=agency_id)
        claim.look_at_changes(curator, organisation, first=False)
    for age, service in zip(cycle(told.get("confirmed_days_ago", CONFIRMED)), told["service"]):
        with clock.days_ago(age):
            _service(keeper, organisation, told, service)
    return len(told["service"])


def _service(
    keeper: Actor, organisation: Organisation, told: dict[str, Any], one: dict[str, Any]
) -> None:
    contact = Contact(told.get("coordinator", {}).get("name", ""), told["phone"], told["email"])
    with transaction(keeper):
        made = services.add(
            keeper,
            organisation,
            Description(one["name"], one["description"], one["needs"], one["modes"], ["English"]),
            _eligibility(one),
            Times([_session(each) for each in one.get("times", [])]),
            Places([Place(**one["place"])] if "place" in one else []),
            contact,
            State(one["state"], one.get("places"), one.get("waiting_weeks")),
        )
        listing.confirm(keeper, made)


def _eligibility(one: dict[str, Any]) -> Eligibility:
    return Eligibility(
        one["eligibility"],
        minimum_age=one.get("minimum_age"),
        maximum_age=one.get("maximum_age"),
        fees=one["fees"],
        area_name=", ".join(one.get("outwards", [])),
        outwards=one.get("outwards", []),
    )


def _session(told: dict[str, Any]) -> Session:
    day = Day[told["day"].upper()]
    return Session((day,), Repeat.WEEKLY, told["opens"], told["closes"])
