"""A GP refers somebody, in a real browser."""

import pytest

from tests.pages import axe, look
from tests.world import World


@pytest.fixture
def world(database):
    return World(database)


def checked(page, name):
    axe(page)
    look(page, f"refer-{name}")


def test_a_gp_makes_mistakes_goes_away_comes_back_and_sends(world, browse):
    page = browse(world.gp)
    page.goto("/refer/")
    checked(page, "start")
    page.get_by_role("button", name="Refer somebody new").click()
    page.get_by_role("heading", name="Who are you referring?").wait_for()
    checked(page, "who")
    page.get_by_label("First name").fill("Ines")
    page.get_by_label("NHS number").first.fill("999 000 0019")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("heading", name="There is a problem").wait_for()
    checked(page, "who-mistakes")

    page.goto("/refer/")
    checked(page, "start-drafts")
    page.get_by_role("link", name="Ines", exact=True).click()
    assert page.get_by_label("First name").input_value() == "Ines"
    page.get_by_label("NHS number").fill("999 000 0018")
    page.get_by_label("Last name").fill("Almeida")
    for part, text in (("Day", "27"), ("Month", "March"), ("Year", "1948")):
        page.get_by_label(part).fill(text)
    page.get_by_role("button", name="Continue").click()

    page.get_by_role("heading", name="How can they be reached?").wait_for()
    checked(page, "contact")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("heading", name="There is a problem").wait_for()
    page.get_by_label("Telephone number", exact=True).fill("01632 960001")
    page.get_by_label("It is safe to leave a message on this number").first.check()
    page.get_by_role("button", name="Continue").click()

    page.get_by_role("heading", name="What would help them?").wait_for()
    checked(page, "why")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("heading", name="There is a problem").wait_for()
    checked(page, "why-mistakes")
    page.get_by_label("Feeling lonely or cut off").check()
    page.get_by_label("Why are you referring them?").fill("Lost her husband in spring.")
    page.get_by_label("No known risks").check()
    page.get_by_label("Yes, they agreed").check()
    page.get_by_role("button", name="Continue").click()

    page.get_by_role("heading", name="Check your answers").wait_for()
    checked(page, "check")
    page.get_by_role("button", name="Send the referral").click()
    page.get_by_role("heading", name="Referral sent").wait_for()
    checked(page, "sent")
    page.get_by_role("link", name="Print a copy").click()
    page.get_by_role("heading", name="Referral", exact=False).first.wait_for()
    checked(page, "paper")
