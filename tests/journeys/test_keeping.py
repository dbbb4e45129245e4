"""Keeping the directory true, in a browser: coordinator, curator, and an editor with no account."""

import uuid

import pytest
from playwright.sync_api import expect

from app.core.db import NOBODY, transaction
from app.identity.actor import Role
from app.identity.models.agency import AgencyKind
from directory.actions import listing, loading, service
from directory.actions import organisation as organisations
from directory.actions.organisation import OrganisationDraft
from directory.actions.topics.contact import Contact
from directory.actions.topics.description import Description
from directory.actions.topics.places import Place, Places
from directory.curation.queries import waiting
from directory.freshness.actions import secret
from directory.models.freshness import LifeSign
from directory.queries import service as services
from tests.pages import axe, look

PHONE = 375


@pytest.fixture
def curator(owner, member):
    loading.load_needs(owner)
    loading.load_postcodes(owner, loading.DEMONSTRATION_POSTCODES)
    return member(Role.CURATOR, kind=AgencyKind.COUNCIL, name="Ravi Menon")


@pytest.fixture
def shed(curator):
    """An organisation that nobody keeps, with a service that was listed twice."""
    mark = uuid.uuid4().hex[:6]
    phone = f"01632 {uuid.uuid4().int % 10**6:06}"
    with transaction(curator):
        draft = OrganisationDraft(
            f"Sea Shed {mark}", email="hello@shed.example", charity_number="1199991", phone=phone
        )
        found = organisations.add(curator, draft)
        hall = Places([Place("The Shed", "2 Quay Street", "Saltmere", "QS2 1AA")])
        names = (f"Axolotl bench {mark}", f"Bench: Axolotl {mark}")
        said = [Description(name, "Mend things in company", ["company.groups"]) for name in names]
        made = [
            service.add(curator, found, one, hall, Contact(phone=phone, email="hello@shed.example"))
            for one in said
        ]
    return found, made


def checked(page, name):
    look(page, f"keeping-{name}", axe)


def test_a_coordinator_claims_edits_confirms_and_pauses(curator, shed, member, browse):
    found, (bench, _twin) = shed
    coordinator = member(Role.COORDINATOR, name="Walt Ogden", agency=f"Menders {found.name[-6:]}")
    page = browse(coordinator, width=PHONE, height=700)
    page.goto(f"/directory/{bench.id}")
    page.get_by_role("link", name="Is this your organisation?").click()
    checked(page, "claim")
    page.get_by_label("I give the charity number").check()
    page.get_by_label("Your charity number").fill("1234567")
    page.get_by_role("button", name="Ask to keep these listings").click()
    expect(page.get_by_role("alert")).to_contain_text("not the charity number published")
    page.get_by_label("Your charity number").fill("1199991")
    page.get_by_role("button", name="Ask to keep these listings").click()
    expect(page.get_by_text("The council decides next")).to_be_visible()

    desk = browse(curator)
    desk.goto("/directory/queue?kind=claim")
    checked(desk, "queue")
    desk.get_by_role("link", name=f"{coordinator.agency_name} asks to keep {found.name}").click()
    checked(desk, "claim-decision")
    desk.get_by_label("What have you seen that proves it?").fill("Rang their treasurer")
    desk.get_by_role("button", name="Let them keep the listings").click()
    expect(desk.get_by_text("keeps the listings of")).to_be_visible()

    page.goto("/directory/mine")
    page.get_by_role("button", name=f"Still correct : {bench.name}").click()
    expect(page.get_by_text(f"Confirmed today: {bench.name}")).to_be_visible()
    page.get_by_role("link", name=bench.name).click()
    page.get_by_role("link", name="Change the numbers of places and weeks").click()
    page.get_by_label("Paused, not taking anybody").check()
    page.get_by_role("textbox", name="Day").fill("1")
    page.get_by_role("textbox", name="Month").fill("5")
    page.get_by_role("textbox", name="Year").fill("2040")
    checked(page, "pause")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Paused until 1 May 2040").first).to_be_visible()
    page.get_by_role("link", name="Change what it is").click()
    page.get_by_label("What happens there?").fill("Mend things, drink tea")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("waits for the directory's curator")).to_be_visible()
    checked(page, "waits")

    desk.goto(f"/directory/mine/{bench.id}")
    checked(desk, "listing")
    desk.get_by_role("link", name="Look at it What it is").click()
    expect(desk.get_by_text("Will be: Mend things, drink tea")).to_be_visible()
    checked(desk, "change")
    desk.get_by_label("From now on, what this editor changes is live at once").check()
    desk.get_by_role("button", name="Publish", exact=True).click()
    expect(desk.get_by_text(f"Published: What it is of {bench.name}")).to_be_visible()
    page.goto(f"/directory/{bench.id}")
    expect(page.get_by_text("Mend things, drink tea")).to_be_visible()


def test_a_curator_merges_takes_apart_and_deals_with_the_rest(curator, shed, browse):
    found, (bench, twin) = shed
    desk = browse(curator)
    desk.goto("/directory/queue")
    desk.get_by_role("button", name="Look for duplicates now").click()
    expect(desk.get_by_text("Looked for duplicates")).to_be_visible()
    with transaction(curator):
        pair = waiting.pair_of(bench.id, twin.id)
    desk.goto(f"/directory/duplicates/{pair.id}")  # other tests' pairs may fill the first page
    checked(desk, "duplicate")
    desk.get_by_role("button", name="Merge: the first stays").click()
    expect(desk.get_by_text("Merged. The other page leads to")).to_be_visible()
    stays = desk.url.rpartition("/")[2]
    gone = str(twin.id if stays == str(bench.id) else bench.id)
    desk.goto(f"/directory/{gone}")
    expect(desk).to_have_url(f"{desk.url.partition('/directory')[0]}/directory/{stays}")
    desk.goto(f"/directory/mine/{stays}")
    checked(desk, "merged")
    desk.get_by_role("button", name="Undo the merge").click()
    expect(desk.get_by_text("Apart again")).to_be_visible()

    desk.goto(f"/directory/organisations/{found.id}")
    desk.get_by_role("link", name="Checks: safeguarding").click()
    desk.get_by_label("What have you seen?").select_option("insurance")
    for box, value in (("Day", "1"), ("Month", "5"), ("Year", "2040")):
        desk.get_by_role("textbox", name=box).fill(value)
    desk.get_by_role("button", name="Record").click()
    expect(desk.get_by_text("In date")).to_be_visible()
    checked(desk, "checks")
    desk.get_by_role("link", name="Change these rules").click()
    checked(desk, "rules")
    desk.goto("/directory/disclosure")
    checked(desk, "profiles")
    desk.get_by_role("link", name="Getting in touch").click()
    desk.get_by_label("Their GP practice").check()
    desk.get_by_role("button", name="Preview").click()
    expect(desk.get_by_text("Example Surgery")).to_be_visible()
    checked(desk, "profile")


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_an_editor_without_an_account_answers_from_the_mailed_link(
    curator, shed, running, new_context, script
):
    _, (bench, twin) = shed
    with transaction(curator):
        listing.confirm(curator, services.kept(curator, bench.id), LifeSign.CLOSED)
    with transaction(NOBODY):
        right, change = (secret.make(service_id=one.id) for one in (bench, twin))
    screen = {"width": PHONE, "height": 700}
    page = new_context(base_url=running.url, viewport=screen, java_script_enabled=script).new_page()
    page.goto(f"/directory/answer/{right}")
    expect(page.get_by_text("Check before you go")).to_be_visible()
    if script:
        checked(page, "answer")
    page.get_by_role("button", name="Still correct").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    page.get_by_role("link", name="as everybody does").click()
    expect(page.get_by_text("Confirmed today – answered our e-mail").first).to_be_visible()

    page.goto(f"/directory/answer/{change}/change")
    page.get_by_label("What does it cost?").fill("£1 for the tin")
    if script:
        checked(page, "answer-change")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("curator looks at it")).to_be_visible()
    page.goto(f"/directory/answer/{change}")
    expect(page.get_by_role("heading", name="This link no longer works")).to_be_visible()
    if script:
        checked(page, "answer-gone")
    page.get_by_role("link", name="Send a new link").click()
    if script:
        checked(page, "send-link")
    page.get_by_role("link", name="Tell us that something is wrong").click()
    page.get_by_label("It has closed").check()
    if script:
        checked(page, "report")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
