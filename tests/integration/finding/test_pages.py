"""The public pages of finding, as anybody fetches them."""

import re
import uuid
from datetime import time, timedelta
from html import unescape

import icalendar
import pytest

from app.core import clock
from app.factory import create_app
from directory.actions.topics.places import Place, Places
from directory.actions.topics.state import State
from directory.actions.topics.times import Times
from directory.finding.queries import week
from directory.models.schedule import Day
from directory.models.timetable import Session
from tests.browse import page_of
from tests.conftest import settings_for
from tests.pages import assert_valid

EVERY_DAY = Times([Session(tuple(Day), opens_at=time(10), closes_at=time(12))])
TILES = "https://tiles.example.org/{z}/{x}/{y}.png"


@pytest.fixture
def anybody(application):
    return application.test_client()


@pytest.fixture
def tea(charity):
    """A service with a name that no other has, every day at ten; its name."""
    name = f"Aye-aye {uuid.uuid4().hex[:8]} tea"
    hall = Places(
        [Place("Numbat Hall", "1 Quay", "Saltmere", "QS2 1AA", "Bus 9", ["hearing loop"])]
    )
    charity.lists(name, hall, EVERY_DAY, State("places", places=2))
    return name


def link(page: str, text: str) -> str:
    return unescape(re.search(rf'href="([^"]+)"[^>]*>{text}<', page)[1])


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("qs21aa", "QS2 1"), ("QS2 1AA", "QS2 1"), (" qs2  1aa ", "QS2 1"), ("qs2", "QS2")],
)
def test_a_postcode_may_be_spelt_anyhow_and_only_its_sector_stays(anybody, typed, kept):
    answer = anybody.get("/directory", query_string={"area": typed, "within": "1"})
    assert answer.status_code == 302
    assert "1AA" not in answer.headers["Location"].upper()
    assert f"({kept})" in page_of(anybody, answer.headers["Location"])


def test_a_postcode_that_nobody_knows_is_said_to_be_unknown(anybody):
    page = page_of(anybody, "/directory?area=QS1+9ZZ")
    assert "QS1 9ZZ is not a postcode that we know" in page
    assert "middle of QS1" in page
    assert "is not a postcode" not in page_of(anybody, "/directory?area=QS1+1")


def test_choices_have_numbers_and_lead_to_as_many(anybody, tea):
    words = tea.replace(" ", "+")
    page = page_of(anybody, f"/directory?words={words}&area=QS1+1")
    assert 'value="access.hearing-loop"' in page
    number = int(re.search(r"Hearing loop \((\d+)\)", page)[1])
    narrowed = page_of(anybody, f"/directory?words={words}&area=QS1+1&with=access.hearing-loop")
    assert f">{number} service" in narrowed
    assert "checked" in narrowed
    without = re.search(r'chosen__one" href="([^"]+)"', narrowed)[1]
    assert "hearing-loop" not in without


def test_needs_and_distances_have_numbers_where_they_are_known(anybody, charity):
    name = f"Bettong {uuid.uuid4().hex[:8]}"
    hall = Places([Place("Hall", "1 Quay", "Saltmere", "QS1 1AA")])
    far = Places([Place("Chapel", "Church Lane", "Upper Downs", "QS6 1AA")])
    charity.lists(f"{name} one", hall, needs=("money.debt",))
    charity.lists(f"{name} two", far, needs=("money.debt", "out.arts"))
    charity.lists(f"{name} three", needs=("out.arts",))
    words = f"words={name.replace(' ', '+')}"

    page = page_of(anybody, f"/directory?{words}&area=QS1+1&within=50")
    for code, number in (("money.debt", 2), ("money", 2), ("out.arts", 2), ("body.falls", 0)):
        assert re.search(rf'<option value="{code}"[^>]*>[^<]*\({number}\)</option>', page), code
    for miles, number in ((1, 2), (50, 3)):
        assert re.search(rf'<option value="{miles}"[^>]*>[^<]*\({number}\)</option>', page), miles
    # Beyond what was asked for, and of another need than was asked for, nothing is known.
    page = page_of(anybody, f"/directory?{words}&area=QS1+1&within=1&need=out.arts")
    assert "2 services within 1 mile" not in page
    assert "1 service within 1 mile" in page
    assert re.search(r'<option value="1" selected>Within 1 mile \(1\)</option>', page)
    assert "Within 50 miles</option>" in page
    assert re.search(r'<option value="money.debt">[^(]*</option>', page)


def test_the_nearest_pin_has_a_place_and_the_page_asks_no_other_site(anybody, tea):
    answer = anybody.get(f"/directory?words={tea.replace(' ', '+')}")
    assert re.search(r'data-latitude="50\.\d+" data-longitude="-?0\.\d+"', answer.text)
    assert "img-src 'self';" in answer.headers["Content-Security-Policy"]
    assert "Pins only" in answer.text


def test_a_deployer_may_name_one_host_of_tiles_for_the_map_alone(database, tea):
    settings = settings_for(
        database.url(), TRELLIS_MAP_TILES=TILES, TRELLIS_MAP_ATTRIBUTION="© Somebody"
    )
    there = create_app(settings).test_client()
    found = there.get(f"/directory?words={tea.replace(' ', '+')}")
    assert "img-src 'self' https://tiles.example.org;" in found.headers["Content-Security-Policy"]
    assert "© Somebody" in found.text
    assert TILES in unescape(found.text)
    assert "tiles.example" not in there.get("/").headers["Content-Security-Policy"]


@pytest.mark.parametrize("tiles", ["http://x/", "javascript:{z}{x}{y}", "https://a b/{z}/{x}/{y}"])
def test_an_address_of_tiles_that_is_none_is_refused_at_the_start(database, tiles):
    with pytest.raises(Exception, match="TRELLIS_MAP_TILES"):
        settings_for(database.url(), TRELLIS_MAP_TILES=tiles)


def test_what_is_on_this_week_and_in_a_calendar(anybody, tea):
    words = tea.replace(" ", "+")
    page = page_of(anybody, f"/directory/this-week?words={words}&area=QS1+1")
    assert tea in page
    assert "10am to midday" in page
    tomorrow = clock.today() + timedelta(days=1)
    assert tea in page_of(anybody, f"/directory/this-week?words={words}&day={tomorrow}")
    free = page_of(anybody, f"/directory/this-week?words={words}&with=cost.free")
    assert f">{tea}</a>" not in free

    file = anybody.get(link(page, "Add to a calendar"))
    assert file.content_type.startswith("text/calendar")
    events = icalendar.Calendar.from_ical(file.data).walk("VEVENT")
    mine = [one for one in events if one["summary"] == tea]
    assert [one["dtstart"].dt.date() for one in mine] == [
        clock.today() + timedelta(days=ahead) for ahead in range(7)
    ]
    assert str(mine[0]["url"]).startswith("http")


def test_the_week_means_what_the_search_means(anybody, charity):
    name = f"Kakapo {uuid.uuid4().hex[:8]}"
    charity.lists(name, EVERY_DAY, needs=("money.energy",))
    asked = "words=our+flat+freezing+every+winter"
    page = page_of(anybody, f"/directory/this-week?{asked}")
    assert "These may help with gas and electricity bills" in page
    assert f">{name}</a>" in page
    assert name in anybody.get(f"/directory/this-week.ics?{asked}").text
    # Words that no search looks for ask for nothing in particular.
    assert name in page_of(anybody, "/directory/this-week?words=the&need=money.energy")


def test_a_calendar_says_when_it_holds_the_first_only(anybody, charity, monkeypatch):
    word = "".join(one for one in uuid.uuid4().hex if one.isalpha())
    for number in range(3):
        charity.lists(f"{word} {number}", EVERY_DAY)
    monkeypatch.setattr(week, "MOST_A_WEEK", 2)
    file = icalendar.Calendar.from_ical(anybody.get(f"/directory/this-week.ics?words={word}").data)
    assert len(file.walk("VEVENT")) == 2 * 7
    assert "services only" in file["x-wr-calname"]


def test_a_service_can_be_shared_printed_large_and_kept_in_a_calendar(anybody, tea):
    found = page_of(anybody, f"/directory?words={tea.replace(' ', '+')}")
    shown = page_of(anybody, link(found, tea))
    large = page_of(anybody, link(shown, "Large print"))
    assert "trellis-large" in large
    assert "trellis-large" not in page_of(anybody, link(large, "Usual print"))
    assert "Link to this page: http" in shown
    file = anybody.get(link(shown, "Add to a calendar"))
    assert icalendar.Calendar.from_ical(file.data).walk("VEVENT")[0]["rrule"]["FREQ"] == ["WEEKLY"]
    assert anybody.get(f"/directory/{uuid.uuid4()}/calendar.ics").status_code == 404


@pytest.mark.parametrize(
    "query",
    ["with=nonsense", "with=day.%25", "within=99999", "day=yesterday", "age=-1", "print=x"],
)
@pytest.mark.parametrize("path", ["/directory", "/directory/this-week", "/directory/this-week.ics"])
def test_an_address_that_makes_no_sense_is_answered(anybody, path, query):
    answer = anybody.get(f"{path}?{query}")
    assert answer.status_code in (200, 422)
    if "html" in answer.content_type:
        assert_valid(answer.text)
