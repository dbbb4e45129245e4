"""The directory's pages: open to find in, closed to change but for those who keep a listing."""

import re
import uuid

import pytest

from app.core.db import NOBODY, transaction
from app.core.errors import Denied
from app.identity.actor import Role
from directory import catalogue
from directory.actions import organisation as organisations
from directory.actions.organisation import OrganisationDraft
from directory.actions.topics.contact import Contact
from directory.actions.topics.places import Place, Places
from directory.actions.topics.state import State
from directory.actions.topics.times import Times
from directory.curation.actions import claim
from directory.models.schedule import Day
from directory.models.timetable import Session
from directory.queries import organisation as queries
from directory.queries import service as services
from tests.pages import assert_valid

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
KEY = re.compile(r'name="idempotency_key" value="([^"]+)"')
VERSION = re.compile(r'name="version" value="([^"]+)"')


def sent(client, form_at: str, to: str = "", **answers):
    """Open a page and send the (first) form on it."""
    text = client.get(form_at).text
    hidden = {"csrf_token": TOKEN.search(text)[1], "idempotency_key": KEY.search(text)[1]}
    version = VERSION.search(text)
    if version:
        hidden["version"] = version[1]
    return client.post(to or form_at, data=hidden | answers)


@pytest.fixture
def keeper(charity, signed_in):
    """A browser of the charity's coordinator."""
    return signed_in(charity.coordinator)


def test_anybody_finds_a_service_and_opens_its_page(application, charity):
    hall = Places([Place("Numbat Hall", "1 Quay", "Saltmere", "QS2 1AA", "Bus 9")])
    made = charity.lists(
        "Capybara club",
        hall,
        Contact("Ines", "01632 960100", "hello@charity.example", "https://charity.example"),
        Times([Session((Day.MONDAY,))]),
        State("places", places=4),
        description="Quiet company",
        needs=("company.lonely",),
    )
    anybody = application.test_client()

    found = anybody.get("/directory?words=capybara&area=QS1&need=company.lonely")
    shown = anybody.get(f"/directory/{made.id}")

    assert found.status_code == shown.status_code == 200
    for html in (found.text, shown.text):
        assert_valid(html)
        assert "Capybara club" in html
        assert "4 places" in html
        assert "Confirmed today" in html
    assert "about" in found.text
    for fact in ("Numbat Hall", "Bus 9", "Mondays", "01632 960100", "Feeling lonely"):
        assert fact in shown.text


def test_a_whole_postcode_does_not_stay_in_the_address(application):
    answer = application.test_client().get("/directory?words=tea&area=qs1+1aa")

    assert answer.status_code == 302
    assert answer.headers["Location"] == "/directory?words=tea&area=QS1+1"


def test_no_organisation_is_lost_between_pages_however_many_have_its_name(curator, signed_in):
    with transaction(curator):
        made = [organisations.add(curator, OrganisationDraft("Zz friends")).id for _ in range(51)]
    council, first = signed_in(curator), min(made)
    page = council.get(f"/directory/organisations?after={first}").text

    shown = set(re.findall(r"/directory/organisations/([0-9a-f-]{36})\"", page))
    assert shown == {str(one) for one in made if one != first}
    assert f"/directory/organisations?after={max(made)}" in page
    assert council.get("/directory/organisations?after=nonsense").status_code == 200


@pytest.mark.parametrize(
    "query", ["age=old", "need=nonsense", f"words={'x' * 300}", "area=" + "Q" * 30]
)
def test_an_answer_that_makes_no_sense_is_said_kindly(application, query):
    answer = application.test_client().get(f"/directory?{query}")

    assert answer.status_code == 422
    assert_valid(answer.text)
    assert "There is a problem" in answer.text


def test_what_is_typed_is_never_markup(application, charity):
    made = charity.lists("<script>alert(1)</script>", description="<b>bold</b> &amp; {{ 7*7 }}")
    for path in (f"/directory/{made.id}", "/directory?words=<script>alert(1)</script>"):
        text = application.test_client().get(path).text
        assert "<script>alert" not in text
        assert "<b>bold" not in text


def test_changing_pages_send_a_stranger_to_sign_in(application, charity):
    made = charity.lists("Mine")
    for path in ("mine", f"mine/{made.id}", f"mine/{made.id}/description", "organisations"):
        answer = application.test_client().get(f"/directory/{path}")
        assert answer.status_code in (302, 303, 401), path


def test_another_agencys_listing_and_an_absent_one_are_the_same_to_a_coordinator(keeper, another):
    theirs = another.lists("Theirs")
    for page in ("", "/description", "/times", "/places", "/places/new", "/history"):
        foreign = keeper.get(f"/directory/mine/{theirs.id}{page}")
        absent = keeper.get(f"/directory/mine/{uuid.uuid4()}{page}")
        assert foreign.status_code == absent.status_code == 404


@pytest.mark.parametrize("role", [Role.REFERRER, Role.LINK_WORKER, Role.ADMINISTRATOR])
def test_other_roles_of_the_same_agency_change_nothing(charity, member, signed_in, role):
    made = charity.lists("Mine")
    browser = signed_in(member(role, of=charity.coordinator))

    assert browser.get("/directory/mine").status_code == 403
    assert browser.get(f"/directory/mine/{made.id}/description").status_code == 404


def test_every_page_of_a_keeper_is_valid(keeper, charity):
    hall = Places([Place("Hall", postcode="QS2 1AA")])
    made = charity.lists("Mine", hall, Times([Session((Day.MONDAY,))]))
    with transaction(charity.coordinator):
        place = services.get(made.id).places[0].location_id
    pages = ["", "/description", "/needs", "/eligibility", "/contact", "/state", "/opening"]
    pages += ["/times", "/places", "/places/new", f"/places/{place}", "/history"]
    for one in [
        "mine",
        *(f"mine/{made.id}{page}" for page in pages),
        f"organisations/{charity.organisation.id}",
        f"organisations/{charity.organisation.id}/services/new",
    ]:
        answer = keeper.get(f"/directory/{one}")
        assert answer.status_code == 200, one
        assert_valid(answer.text)


def test_a_topic_is_previewed_then_saved_then_undone(keeper, charity):
    made = charity.lists("Old name", description="Old words", needs=("money.debt",))
    page = f"/directory/mine/{made.id}/description"
    new = {"name": "New name", "description": "New words", "access_modes": "online"}

    preview = sent(keeper, page, **new, preview="yes")
    assert preview.status_code == 200
    assert_valid(preview.text)
    assert "Preview: this is what people would read" in preview.text
    assert "Old words" in keeper.get(f"/directory/{made.id}").text

    assert sent(keeper, page, **new).status_code == 303
    shown = keeper.get(f"/directory/{made.id}").text
    assert "New words" in shown
    assert "Debt" in shown

    history = f"/directory/mine/{made.id}/history"
    text = keeper.get(history).text
    assert_valid(text)
    change = re.search(rf"{history}/([0-9a-f-]+)/undo", text)[1]
    assert sent(keeper, history, f"{history}/{change}/undo").status_code == 303
    assert "Old words" in keeper.get(f"/directory/{made.id}").text


def test_a_mistake_keeps_what_was_typed(keeper, charity):
    made = charity.lists("Mine")
    answers = {"name": "", "description": "A long story"}

    answer = sent(keeper, f"/directory/mine/{made.id}/description", **answers)

    assert answer.status_code == 422
    assert_valid(answer.text)
    assert "A long story" in answer.text
    assert "Enter the name of the service" in answer.text


def test_somebody_elses_change_in_between_is_not_overwritten_unseen(keeper, charity):
    made = charity.lists("Mine")
    page = f"/directory/mine/{made.id}/description"
    text = keeper.get(page).text
    stale = {
        "csrf_token": TOKEN.search(text)[1],
        "idempotency_key": KEY.search(text)[1],
        "version": VERSION.search(text)[1],
        "name": "Mine",
        "description": "Mine, written slowly",
    }
    sent(keeper, page, name="Mine", description="Written quickly")

    answer = keeper.post(page, data=stale)

    assert answer.status_code == 422
    assert "Somebody else changed this listing" in answer.text
    assert "Mine, written slowly" in answer.text
    assert "Written quickly" in keeper.get(f"/directory/{made.id}").text


def test_one_tap_says_that_all_is_right_and_whether_there_is_room(keeper, charity, owner):
    made = charity.lists("Mine")
    owner.execute("set role trellis_policy")
    owner.execute(
        "update service set assured_at = now() - interval '300 days' where id = %s", [made.id]
    )
    owner.execute("reset role")
    assert "Not confirmed for 10 months" in keeper.get("/directory/mine").text

    assert (
        sent(keeper, "/directory/mine", f"/directory/mine/{made.id}/confirmation").status_code
        == 303
    )
    room = sent(keeper, "/directory/mine", f"/directory/mine/{made.id}/room", state="full")
    assert room.status_code == 303

    with transaction(NOBODY):
        card = catalogue.get(made.id)
    assert (card.freshness_words, card.capacity_words) == (
        "Confirmed today",
        "Full, not taking names",
    )
    nonsense = sent(keeper, "/directory/mine", f"/directory/mine/{made.id}/room", state="roomy")
    assert nonsense.status_code == 422


def test_a_form_sent_twice_changes_once(keeper, charity):
    made = charity.lists("Mine")
    page = f"/directory/mine/{made.id}/contact"
    text = keeper.get(page).text
    answers = {
        "csrf_token": TOKEN.search(text)[1],
        "idempotency_key": KEY.search(text)[1],
        "version": VERSION.search(text)[1],
        "phone": "01632 960100",
    }

    first = keeper.post(page, data=answers)
    second = keeper.post(page, data=answers)
    assert (first.status_code, second.status_code) == (303, 303)
    with transaction(charity.coordinator):
        assert len(services.history(services.get(made.id))) == 1


def test_times_and_places_come_and_go(keeper, charity):
    made = charity.lists("Mine")
    mine = f"/directory/mine/{made.id}"
    time = {"days": ["MO", "WE"], "opens_at": "10am", "closes_at": "12:30", "repeat": "every week"}
    place = {"name": "Harbour Hall", "postcode": "qs21aa", "facilities": "hearing loop"}

    for topic, answers, shown in (
        ("times", time, "Mondays and Wednesdays, 10am to 12:30pm"),
        ("places/new", place, "Harbour Hall"),
    ):
        preview = sent(keeper, f"{mine}/{topic}", **answers, preview="yes")
        assert_valid(preview.text)
        part = preview.text.partition("Preview: this is what people would read")[2]
        assert shown in part.partition("</section>")[0]
        assert shown not in keeper.get(f"/directory/{made.id}").text

    assert sent(keeper, f"{mine}/times", **time).status_code == 303
    assert sent(keeper, f"{mine}/places/new", **place).status_code == 303
    text = keeper.get(f"/directory/{made.id}").text
    assert "Mondays and Wednesdays, 10am to 12:30pm" in text
    assert "QS2 1AA" in text

    assert sent(keeper, f"{mine}/times", f"{mine}/times/0/removal").status_code == 303
    location = re.search(rf"{mine}/places/([0-9a-f-]+)/removal", keeper.get(f"{mine}/places").text)
    assert sent(keeper, f"{mine}/places", location[0]).status_code == 303
    text = keeper.get(f"/directory/{made.id}").text
    assert "Mondays" not in text
    assert "Harbour Hall" not in text


@pytest.mark.parametrize(
    ("topic", "answers", "words"),
    [
        ("contact", {"url": "javascript:alert(1)"}, "Enter a web address"),
        ("contact", {"phone": "ring me"}, "must be a telephone number"),
        ("eligibility", {"minimum_age": "30", "maximum_age": "20"}, "The oldest age must be"),
        ("eligibility", {"outwards": "QS1, nowhere"}, "nowhere must be the first half"),
        (
            "times",
            {"days": "MO", "opens_at": "12:00", "closes_at": "11:00"},
            "The end must be later",
        ),
        ("times", {"days": "XX"}, "Select one of the answers shown"),
        ("places/new", {"name": "Hall", "postcode": "here"}, "must be a full postcode"),
        ("state", {}, "Say whether there is room"),
    ],
)
def test_a_wrong_answer_says_what_to_do(keeper, charity, topic, answers, words):
    made = charity.lists("Mine")
    answer = sent(keeper, f"/directory/mine/{made.id}/{topic}", **answers)

    assert answer.status_code == 422
    assert_valid(answer.text)
    assert words in answer.text


def test_an_organisations_entry_is_kept_right_by_those_whose_changes_are_live(
    keeper, charity, curator
):
    url = f"/directory/organisations/{charity.organisation.id}/entry"
    text = keeper.get(url).text
    assert_valid(text)
    stale = {
        name: kind.search(text)[1]
        for name, kind in (("csrf_token", TOKEN), ("idempotency_key", KEY), ("version", VERSION))
    }
    said = {"name": "Newly named", "phone": "01632 960123", "charity_number": "1199990"}
    assert sent(keeper, url, **said).status_code == 303
    shown = keeper.get(url.removesuffix("/entry")).text
    assert all(one in shown for one in said.values())
    late = keeper.post(url, data=stale | {"name": "Written slowly"})
    assert late.status_code == 422
    assert "Somebody else changed this entry" in late.text
    assert "Written slowly" in late.text

    with transaction(curator):
        claim.look_at_changes(curator, queries.get(charity.organisation.id), first=True)
    asks = keeper.get(url).text
    assert_valid(asks)
    assert "ask the council to change this entry" in asks
    refused = keeper.post(url, data=stale | {"idempotency_key": str(uuid.uuid4()), **said})
    assert refused.status_code in {403, 422}
    with transaction(charity.coordinator):
        its = queries.get(charity.organisation.id)
        draft = OrganisationDraft("Quietly renamed")
        with pytest.raises(Denied):
            organisations.change(charity.coordinator, its, draft)


def test_a_curator_adds_an_organisation_and_its_coordinator_a_service(curator, member, signed_in):
    coordinator = member(Role.COORDINATOR)
    council = signed_in(curator)
    added = sent(
        council,
        "/directory/organisations/new",
        name="New charity",
        agency=str(coordinator.agency_id),
        charity_number="1199990",
    )
    assert added.status_code == 303
    assert_valid(council.get(added.headers["Location"]).text)
    assert_valid(council.get("/directory/organisations").text)

    keeper = signed_in(coordinator)
    new = re.search(
        r"/directory/organisations/[0-9a-f-]+/services/new", keeper.get("/directory/mine").text
    )
    answer = sent(keeper, new[0], name="First service", description="Words")
    assert answer.status_code == 303
    assert "First service" in keeper.get("/directory/mine").text
    assert keeper.get("/directory/organisations").status_code == 403
    assert keeper.get("/directory/organisations/new").status_code == 403
