"""Search engines find the pages that are for everybody, and no others."""

import json
import re
import uuid
from datetime import time
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

from directory.actions.topics.opening import Opening
from directory.actions.topics.times import Times
from directory.models.schedule import Day
from directory.models.timetable import Session
from tests.pages import assert_valid

LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
WEEKLY = Session((Day.MONDAY, Day.WEDNESDAY), opens_at=time(9, 30))


def locations(application, path):
    """The addresses that a map names."""
    answer = application.test_client().get(path)
    assert answer.status_code == 200
    assert answer.mimetype == "application/xml"
    return [one.text for one in ElementTree.fromstring(answer.data).iter(LOC)]


def test_robots_are_let_into_the_public_pages_only(application):
    answer = application.test_client().get("/robots.txt")
    rules = RobotFileParser()
    # The parser of the library takes the first rule that fits; engines take the longest.
    lines = sorted(answer.text.splitlines(), key=lambda one: -len(one.partition(":")[2]))
    rules.parse(["User-agent: *", *(one for one in lines if not one.startswith("User"))])

    assert answer.mimetype == "text/plain"
    for path in ("/directory", f"/directory/{uuid.uuid4()}", "/directory/reuse", "/sitemap.xml"):
        assert rules.can_fetch("*", path), path
    for path in ("/caseload/", "/directory/mine", "/directory/organisations", "/sign-in"):
        assert not rules.can_fetch("*", path), path


def test_the_map_names_every_open_service_once(application, charity):
    shown = charity.lists("Shown")
    closed = charity.lists("Closed", Opening("defunct", ""))
    parts = locations(application, "/sitemap.xml")
    paths = [re.sub(r"https?://[^/]+", "", one) for one in parts]
    found = [one for path in paths for one in locations(application, path)]

    assert len(paths) == 17
    assert sum(str(shown.id) in one for one in found) == 1
    assert not any(str(closed.id) in one for one in found)
    assert any(one.endswith("/directory/reuse") for one in found)


def test_a_page_says_for_machines_what_it_says_for_people(application, club):
    text = application.test_client().get(f"/directory/{club.id}").text
    assert_valid(text)
    [found] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text)
    said = json.loads(found)

    assert (said["@type"], said["name"]) == ("Service", "Axolotl club")
    assert said["@id"].endswith(f"/directory/{club.id}")
    assert said["audience"]["suggestedMaxAge"] == 65
    hall, church = (one["serviceLocation"] for one in said["availableChannel"])
    assert hall["address"]["postalCode"] == "QS2 1AA"
    assert 50 < church["geo"]["latitude"] < 51
    # Every other week, and a Friday in each month: schema.org has no words for these.
    assert "hoursAvailable" not in said


def test_nothing_that_somebody_wrote_ends_the_data(application, charity):
    made = charity.lists("</script><script>alert(1)</script>", Times([WEEKLY]))
    text = application.test_client().get(f"/directory/{made.id}").text
    said = json.loads(re.findall(r'ld\+json">(.*?)</script>', text)[0])

    assert said["name"] == "</script><script>alert(1)</script>"
    assert "<script>alert" not in text
    assert said["hoursAvailable"][0] == {
        "@type": "OpeningHoursSpecification",
        "dayOfWeek": "https://schema.org/Monday",
        "opens": "09:30",
    }


def test_public_pages_may_be_listed_and_the_rest_may_not(application, charity):
    browser = application.test_client()
    made = charity.lists("Shown")
    for path in ("/directory", f"/directory/{made.id}", "/directory/reuse"):
        assert 'content="noindex"' not in browser.get(path).text, path
    assert 'content="noindex"' in browser.get("/privacy", follow_redirects=True).text
