"""What a curator sees of sources, and of where each field of a listing comes from."""

import csv
import io
import re
import uuid

from app.core.db import NOBODY, transaction
from directory import catalogue
from directory.actions import listing
from directory.actions.topics.contact import Contact
from directory.queries import service as services
from tests.counting import statements
from tests.integration.importing.feeds import a_service
from tests.pages import assert_valid
from tests.providers.browser import hidden

SOURCES = "/directory/sources"


def test_a_curator_adds_a_source_and_sees_what_came_of_it(
    signed_in, curator, feed, read, source, word
):
    browser = signed_in(curator)
    feed.services = [a_service("1", f"Tea {word}"), a_service("2", "=1+1", "")]
    page = f"{SOURCES}/{source.id}"
    assert "Not read yet" in browser.get(page).text
    read(dry_run=True)

    text = browser.get(page).text
    assert_valid(text)
    for words in ("Checked", "nothing was changed", f"Add service “Tea {word}”", "Rows refused"):
        assert words in text, words
    assert source.name in browser.get(SOURCES).text
    csv_path = re.search(r'href="(/directory/sources/[^"]+\.csv)"', text)[1]
    answer = browser.get(csv_path)
    rows = list(csv.reader(io.StringIO(answer.text)))
    assert rows[0][0] == "what was done"
    assert any("'=1+1" in row for row in rows)


def test_a_source_is_added_from_a_form_that_says_what_is_wrong(signed_in, curator, owner):
    browser = signed_in(curator)
    form = hidden(browser.get(f"{SOURCES}/new").text)
    wrong = form | {"name": "", "address": "ftp://x", "every_hours": "5"}
    answer = browser.post(f"{SOURCES}/new", data=wrong)
    assert answer.status_code == 422
    assert_valid(answer.text)
    for words in ("Enter a name for the source", "Enter a web address", "Select one of"):
        assert words in answer.text, words

    name = f"Saltmere {uuid.uuid4().hex[:8]}"
    secret = form | {
        "name": name,
        "address": "https://me:pw@feed.example.org/",
        "every_hours": "24",
    }
    assert "Leave out the name and password" in browser.post(f"{SOURCES}/new", data=secret).text
    right = form | {"name": name, "address": "feed.example.org/v3/services", "every_hours": "24"}
    answer = browser.post(f"{SOURCES}/new", data=right)
    assert answer.status_code == 303
    assert browser.post(f"{SOURCES}/new", data=right).location == answer.location
    other = right | {"address": "https://other.example.org/"}
    assert "Another source has this name" in browser.post(f"{SOURCES}/new", data=other).text
    text = browser.get(answer.location).text
    assert "https://feed.example.org/v3/services" in text
    form = hidden(browser.get(f"{answer.location}/often").text)
    saved = browser.post(f"{answer.location}/often", data=form | {"every_hours": "168"})
    assert "Every week" in browser.get(saved.location).text
    for act in ("check", "reading"):
        form = hidden(browser.get(answer.location).text)
        assert browser.post(f"{answer.location}/{act}", data=form).status_code == 303
    count = "select count(*) from procrastinate_jobs where args ->> 'source_id' = %s"
    assert owner.execute(count, [answer.location.rsplit("/", 1)[1]]).fetchone() == (3,)


def test_who_wins_is_shown_and_a_field_can_be_given_back_and_undone(
    signed_in, curator, feed, read, word
):
    people = [{"name": "Ines", "phones": [{"number": "01"}]}]
    feed.services = [a_service("1", f"Tea {word}", contacts=people)]
    read()
    with transaction(NOBODY):
        [card] = catalogue.search(word).cards
    with transaction(curator):
        listing.change(curator, services.kept(curator, card.id), Contact("Ines", "02"))
    people[0]["phones"][0]["number"] = "03"
    read()
    browser = signed_in(curator)
    page = f"/directory/mine/{card.id}/origins"
    assert page in browser.get(f"/directory/mine/{card.id}").text
    text = browser.get(page).text
    assert_valid(text)
    for words in ("A field follows its source until", "Changed here", ">02<", ">03<"):
        assert words in text, words

    answer = browser.post(page, data=hidden(text) | {"field": "phone"})
    assert answer.status_code == 303
    assert "Changed here" not in browser.get(page).text
    with transaction(NOBODY):
        assert services.get(card.id).phone == "03"
    history = browser.get(f"/directory/mine/{card.id}/history").text
    undo = re.search(r'action="([^"]+/undo)"', history)[1]
    assert browser.post(undo, data=hidden(history)).status_code == 303
    with transaction(NOBODY):
        assert services.get(card.id).phone == "02"
    assert "Changed here" in browser.get(page).text


def test_a_page_of_many_rows_asks_as_often_as_one_of_few(signed_in, curator, feed, read, source):
    browser = signed_in(curator)
    counts = []
    for many in (1, 30):
        feed.services = [a_service(str(n), " ") for n in range(many)]
        read(dry_run=True)
        browser.get(f"{SOURCES}/{source.id}")
        with statements() as seen:
            browser.get(f"{SOURCES}/{source.id}")
        counts.append(len(seen))
    assert counts[0] == counts[1]
