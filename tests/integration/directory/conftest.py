"""A charity with an agency, a curator, and the invented coast loaded."""

from dataclasses import dataclass
from ipaddress import ip_address
from random import randint

import pytest
from flask.testing import FlaskClient

from app.core.db import transaction
from app.identity.actor import Actor, Role
from app.identity.models.agency import AgencyKind
from directory.actions import loading, service
from directory.actions import organisation as organisations
from directory.actions.organisation import OrganisationDraft
from directory.actions.topics.description import Description
from directory.actions.topics.topic import Topic
from directory.curation.actions import claim
from directory.models.organisation import Organisation
from directory.models.service import Service


@dataclass
class Charity:
    """A coordinator and the organisation that they keep."""

    coordinator: Actor
    organisation: Organisation

    def lists(self, name: str, *topics: Topic, description: str = "", needs: tuple = ()) -> Service:
        """Add a service as its coordinator would."""
        with transaction(self.coordinator):
            said = Description(name, description, list(needs))
            return service.add(self.coordinator, self.organisation, said, *topics)


@pytest.fixture(scope="session", autouse=True)
def reference(owner) -> None:
    """Needs, disclosure profiles and the postcodes of the demonstration."""
    loading.load_needs(owner)
    loading.load_postcodes(owner, loading.DEMONSTRATION_POSTCODES)


@pytest.fixture
def curator(member) -> Actor:
    """Somebody at the council who keeps the whole directory."""
    return member(Role.CURATOR, kind=AgencyKind.COUNCIL)


@pytest.fixture
def charity(member, curator) -> Charity:
    """A charity that uses the system."""
    return a_charity(member, curator)


@pytest.fixture
def another(member, curator) -> Charity:
    """Another one."""
    return a_charity(member, curator)


@pytest.fixture
def stranger(application) -> FlaskClient:
    """A browser that nobody signed in with, at an address of its own: strangers are counted."""
    client = application.test_client()
    client.environ_base["REMOTE_ADDR"] = str(ip_address(randint(0x0A000000, 0x0AFFFFFF)))
    return client


def a_charity(member, curator) -> Charity:
    """Add an organisation, as the council does for a charity that joins."""
    coordinator = member(Role.COORDINATOR)
    with transaction(curator):
        draft = OrganisationDraft(coordinator.agency_name)
        made = organisations.add(curator, draft, agency_id=coordinator.agency_id)
        claim.look_at_changes(curator, made, first=False)
    return Charity(coordinator, made)
