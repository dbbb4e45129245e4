"""A GP between two patients: the keyboard alone, and how long it takes."""

import re
import time

import pytest

from tests.pages import axe, look
from tests.world import World

A_MINUTE = 60
# A fast typist's five strokes a second; the browser itself types at once.
STROKES_A_SECOND = 5


@pytest.fixture
def world(database):
    return World(database)


class Keyboard:
    """A person at a keyboard, who counts."""

    def __init__(self, page):
        self.page, self.strokes = page, 0

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)
            self.strokes += 1

    def write(self, text):
        self.page.keyboard.type(text)
        self.strokes += len(text)

    def tab_to(self, name):
        """Tab until the control of that id has the focus."""
        for _ in range(60):
            self.press("Tab")
            if self.page.evaluate("document.activeElement.id") == name:
                return
        raise AssertionError(f"There is no way to {name} by the Tab key")

    def tab_to_button(self, words):
        for _ in range(60):
            self.press("Tab")
            if words in self.page.evaluate("document.activeElement.textContent"):
                return
        raise AssertionError(f"There is no way to “{words}” by the Tab key")


def test_the_keyboard_alone_sends_a_referral_within_a_minute(world, browse):
    page = browse(world.gp)
    page.goto("/refer/")
    keys, started = Keyboard(page), time.monotonic()
    keys.tab_to_button("Refer somebody new")
    keys.press("Enter")
    page.wait_for_url("**/refer/new")
    keys.tab_to("given_name")
    for text in ("Ines", "Almeida", "27", "3"):
        keys.write(text)
        keys.press("Tab")
    keys.write("1948")
    keys.press("Enter")
    page.wait_for_url("**/contact")
    keys.tab_to("phone")
    keys.write("01632960001")
    keys.press("Tab", "Space", "Enter")
    page.wait_for_url("**/why")
    keys.tab_to("needs-filter")
    keys.write("lonely")
    keys.press("Enter")
    assert page.get_by_label("Feeling lonely or cut off").is_checked()
    keys.tab_to("reason")
    keys.write("Widowed in spring, sees nobody.")
    keys.tab_to("risks")
    keys.press("Space")
    keys.tab_to("agreement")
    keys.press("Space")
    keys.press("Enter")
    page.wait_for_url("**/check")
    keys.tab_to_button("Send the referral")
    keys.press("Enter")
    page.wait_for_url("**/sent")
    machine = time.monotonic() - started
    taken = machine + keys.strokes / STROKES_A_SECOND
    assert taken < A_MINUTE, f"{keys.strokes} strokes and {machine:.1f} s of pages"


def test_a_librarian_reads_person_and_chooses_the_team_on_a_phone(world, browse):
    world.may_send(world.library, world.other_team)
    page = browse(world.librarian, width=375, height=740)
    page.goto("/refer/")
    page.get_by_role("heading", name="Refer a person").wait_for()
    page.get_by_role("button", name="Refer somebody new").click()
    page.get_by_label("First name").fill("Kofi")
    page.get_by_label("Last name").fill("Mensah")
    for part, text in (("Day", "1"), ("Month", "10"), ("Year", "1990")):
        page.get_by_label(part).fill(text)
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Address", exact=True).fill("1 Quay Street")
    page.get_by_label("No known GP practice").check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Finding work").check()
    page.get_by_label("Why are you referring them?").fill("Asked for help with a CV.")
    page.get_by_label("Yes", exact=True).check()
    page.get_by_label("To staff who visit").check()
    page.get_by_label("What is the risk").fill("A large dog.")
    page.get_by_label("No, they were not asked").check()
    page.get_by_label("Why were they not asked?").fill("Left before we could.")
    axe(page)
    look(page, "refer-why-filled")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("link", name="Select the team").wait_for()
    page.get_by_label(re.compile("^Oak team")).check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("heading", name="Check your answers").wait_for()
    axe(page)
    look(page, "refer-check-filled")
    page.get_by_role("button", name="Send the referral").click()
    page.get_by_role("heading", name="Referral sent").wait_for()
    assert page.get_by_text(re.compile("^Oak team .* will contact Kofi")).is_visible()


def test_without_an_agreement_the_page_says_so_and_keeps_the_draft(world, browse):
    alone = world.referrer_without_agreement
    page = browse(alone)
    page.goto("/refer/")
    assert page.get_by_role("heading", name="Nothing can be sent yet").is_visible()
    axe(page)
    look(page, "refer-no-team")
