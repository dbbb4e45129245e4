"""A resident finds what is on: by words, place and day, on a map, in large print."""

import uuid
from datetime import time

import pytest
from playwright.sync_api import expect

from directory.actions.topics.eligibility import Eligibility
from directory.actions.topics.places import Place, Places
from directory.actions.topics.state import State
from directory.actions.topics.times import Times
from directory.finding.actions.learning import learn
from directory.models.schedule import Day
from directory.models.timetable import Session
from tests.pages import axe, look
from tests.stage import Stage


@pytest.fixture(scope="module")
def word(database):
    """Three services of one strange name: near and free, near and dear, far."""
    stage, word = Stage(database), f"zebu{''.join(c for c in uuid.uuid4().hex if c.isalpha())}"
    every_day = Times([Session(tuple(Day), opens_at=time(10), closes_at=time(12))])
    monday = Times([Session((Day.MONDAY,), opens_at=time(18), closes_at=time(20))])
    near = Places([Place("Harbour Hall", "1 Quay Street", "Saltmere", "QS2 1AA")])
    inn = Places([Place("The Inn", "2 Quay Street", "Saltmere", "QS1 1BD")])
    far = Places([Place("Chapel", "Church Lane", "Upper Downs", "QS6 1AA")])
    free = Eligibility("Anybody", fees="Free")
    stage.offers(f"{word} morning", near, every_day, free, State("places", places=4))
    stage.offers(f"{word} evening", inn, monday, Eligibility("Anybody", fees="£4"))
    stage.offers(f"{word} on the hill", far, every_day, free)
    while learn():
        pass
    return word


@pytest.fixture
def visit(running, new_context):
    """A page of nobody in particular, which notes every request to another site."""

    def open_at(width, height=800, script=True):
        screen = {"width": width, "height": height}
        context = new_context(base_url=running.url, viewport=screen, java_script_enabled=script)
        page = context.new_page()
        page.elsewhere, page.mistakes = [], []
        page.on(
            "request",
            lambda asked: asked.url.startswith(running.url) or page.elsewhere.append(asked.url),
        )
        page.on("console", lambda said: said.type == "error" and page.mistakes.append(said.text))
        return page

    return open_at


def searched(page, word):
    page.goto("/directory")
    page.get_by_label("What are you looking for?").fill(word)
    page.get_by_label("Postcode").fill("qs11aa")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("heading", name="3 services within 10 miles")).to_be_visible()


@pytest.mark.parametrize("width", [375, 820, 1280])
def test_a_resident_narrows_looks_at_the_map_and_takes_it_along(visit, word, width):
    page = visit(width)
    searched(page, word)
    names = page.locator(".trellis-result h3 a").all_inner_texts()
    assert names[-1] == f"{word} on the hill"
    if width < 960:
        page.get_by_text("Narrow these down").click()
    page.get_by_label("Free (2)").check()
    axe(page)
    page.get_by_role("button", name="Show these").click()
    expect(page.get_by_role("heading", name="2 services within 10 miles")).to_be_visible()
    expect(page.get_by_role("link", name="Free")).to_be_visible()

    if width < 960:
        page.get_by_text("Map of these services").click()
    pin = page.get_by_role("button", name=f"1: {word} morning")
    expect(pin).to_be_visible()
    pin.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".leaflet-popup").get_by_text("Harbour Hall")).to_be_visible()
    axe(page)
    look(page, f"finding-map-{width}")
    assert page.elsewhere == []
    assert page.mistakes == []

    page.get_by_role("link", name="Large print").click()
    axe(page)
    look(page, f"finding-large-{width}")
    page.get_by_role("link", name="Free").click()
    expect(page.get_by_role("link", name="Usual print")).to_be_visible()
    page.get_by_role("link", name="What is on this week").click()
    expect(page.get_by_role("link", name="Usual print")).to_be_visible()
    expect(page.get_by_role("link", name=f"{word} morning")).to_be_visible()
    axe(page)
    look(page, f"finding-week-{width}")
    page.get_by_role("link", name=f"{word} morning").click()
    expect(page.get_by_role("link", name="Add to a calendar")).to_be_visible()
    axe(page)
    look(page, f"finding-service-{width}")


def test_it_is_all_there_without_a_script(visit, word):
    page = visit(375, script=False)
    searched(page, word)
    page.get_by_text("Narrow these down").click()
    page.get_by_label("Evening, from 5pm (1)").check()
    page.get_by_role("button", name="Show these").click()
    expect(page.get_by_role("link", name=f"{word} evening")).to_be_visible()
    expect(page.get_by_text("Map of these services")).to_be_hidden()
    expect(page.get_by_text("Link to this page: http")).to_be_visible()
    page.get_by_role("link", name="Evening, from 5pm").click()
    expect(page.get_by_role("heading", name="3 services")).to_be_visible()


def test_a_slip_is_mended_and_the_link_is_copied(visit, word):
    page = visit(1280)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"/directory?words={word[:-2]}q{word[-1]}")
    page.get_by_role("link", name=word).click()
    expect(page.get_by_role("heading", name="3 services")).to_be_visible()
    page.get_by_role("button", name="Copy the link").click()
    expect(page.get_by_text("The link has been copied.")).to_be_visible()
    assert word in page.evaluate("navigator.clipboard.readText()")
