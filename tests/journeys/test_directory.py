"""A resident finds a service without signing in; a coordinator keeps theirs right from a phone."""

import pytest
from playwright.sync_api import expect

from app.core.db import transaction
from app.identity.actor import Role
from app.identity.models.agency import AgencyKind
from directory.actions import loading, service
from directory.actions import organisation as organisations
from directory.actions.organisation import OrganisationDraft
from directory.actions.topics.description import Description
from directory.actions.topics.places import Place, Places
from directory.actions.topics.state import State
from directory.curation.actions import claim
from tests.pages import axe, look

PHONE = 375


@pytest.fixture
def coordinator(owner, member):
    """A charity's coordinator, with one service listed."""
    loading.load_needs(owner)
    loading.load_postcodes(owner, loading.DEMONSTRATION_POSTCODES)
    council = member(Role.CURATOR, kind=AgencyKind.COUNCIL)
    made = member(Role.COORDINATOR, name="Ines Almeida")
    with transaction(council):
        draft = OrganisationDraft("Saltmere Befrienders")
        charity = organisations.add(council, draft, agency_id=made.agency_id)
        claim.look_at_changes(council, charity, first=False)
    with transaction(made):
        said = Description("Platypus tea", "Tea and talk", ["company.lonely"], ["in person"])
        hall = Places([Place("Harbour Hall", "1 Quay Street", "Saltmere", "QS2 1AA")])
        service.add(made, charity, said, hall, State("full"))
    return made


def checked(page, name):
    look(page, f"directory-{name}", axe)


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_resident_finds_a_service_near_them(coordinator, running, new_context, script):
    screen = {"width": PHONE, "height": 700}
    page = new_context(base_url=running.url, viewport=screen, java_script_enabled=script).new_page()
    page.goto("/directory")
    page.get_by_label("What are you looking for?").fill("platypus")
    page.get_by_label("Kind of help").select_option(value="company.lonely")
    page.get_by_label("Postcode").fill("qs1 1aa")
    page.get_by_role("button", name="Search").click()

    expect(
        page.get_by_role("heading", name="within 10 miles of Saltmere Town (QS1 1)")
    ).to_be_visible()
    assert "area=QS1+1" in page.url
    assert "1aa" not in page.url
    expect(page.get_by_text("about 0.9 miles").first).to_be_visible()
    if script:
        checked(page, "found")
    page.get_by_role("link", name="Platypus tea").first.click()
    expect(page.get_by_role("heading", name="Platypus tea")).to_be_visible()
    expect(page.get_by_text("1 Quay Street, Saltmere, QS2 1AA")).to_be_visible()
    if script:
        checked(page, "service")


def test_a_coordinator_keeps_a_listing_right_from_a_phone(coordinator, browse):
    page = browse(coordinator, width=PHONE, height=700)
    page.goto("/directory/mine")
    checked(page, "mine")
    page.get_by_role("button", name="Still correct").click()
    expect(page.get_by_text("Confirmed today: Platypus tea")).to_be_visible()
    page.get_by_role("button", name="Waiting list").click()
    expect(page.get_by_text("Room: saved")).to_be_visible()
    page.get_by_role("link", name="Platypus tea").click()
    checked(page, "listing")

    page.get_by_role("link", name="Change what it is").click()
    page.get_by_label("What happens there?").fill("Tea, talk and a sea view")
    checked(page, "topic")
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_label("Preview", exact=True)).to_contain_text("sea view")
    checked(page, "preview")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("What it is: saved")).to_be_visible()

    page.get_by_role("link", name="Change the times").click()
    page.get_by_label("Tuesday").check()
    page.get_by_label("Starts at").fill("10am")
    page.get_by_label("Ends at").fill("9am")
    page.get_by_role("button", name="Add this time").click()
    expect(page.get_by_role("alert")).to_contain_text("The end must be later than the start")
    page.get_by_label("Ends at").fill("midday")
    page.get_by_role("button", name="Add this time").click()
    expect(page.get_by_text("Tuesdays, 10am to midday").first).to_be_visible()
    checked(page, "times")
    page.get_by_role("link", name="Done").click()

    page.get_by_role("link", name="Change the places").click()
    checked(page, "places")
    page.get_by_role("link", name="Change Harbour Hall").click()
    page.get_by_label("hearing loop").check()
    checked(page, "place")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Done").click()

    page.get_by_role("link", name="History, and undo").click()
    checked(page, "history")
    page.get_by_role("button", name="Undo What it is").click()
    expect(page.get_by_text("What it is: put back as it was")).to_be_visible()
    page.goto("/directory/mine")
    page.get_by_role("link", name="Platypus tea").click()
    expect(page.get_by_text("Tea and talk")).to_be_visible()
