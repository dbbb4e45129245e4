"""Somebody the practice has referred before, in a real browser."""

import pytest

from tests.pages import axe, look
from tests.world import World

NUMBER = "9990000107"


@pytest.fixture
def world(database):
    return World(database)


def why(page):
    page.get_by_label("Bereavement and loss").check()
    page.get_by_label("Why are you referring them?").fill("It has come back.")
    page.get_by_label("No known risks").check()
    page.get_by_label("Yes, they agreed").check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("heading", name="Check your answers").wait_for()


def test_the_nhs_number_alone_fills_in_somebody_known(world, browse):
    world.referred(nhs_number=NUMBER, postcode="BN11 1AA")
    page = browse(world.nurse)
    page.goto("/refer/new")
    page.get_by_label("NHS number").fill(NUMBER)
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("heading", name="Is it one of these people?").wait_for()
    axe(page)
    look(page, "refer-known")
    page.get_by_label("Ines Almeida").check()
    page.get_by_role("button", name="Continue").click()
    why(page)
    assert page.get_by_text("BN11 1AA").is_visible()
    assert page.get_by_text("They have a referral that is still open").is_visible()
    axe(page)
    look(page, "refer-check-known")
    page.get_by_role("button", name="Send the referral").click()
    page.get_by_role("heading", name="Referral sent").wait_for()


def test_somebody_found_is_referred_again(world, browse):
    world.referred(family_name="Okonkwo")
    page = browse(world.gp)
    page.goto("/refer/")
    page.get_by_text("Find somebody you have referred before").click()
    page.get_by_label("Last name").fill("okonkwo")
    for part, text in (("Day", "27"), ("Month", "3"), ("Year", "1948")):
        page.get_by_label(part).fill(text)
    page.get_by_role("button", name="Find").click()
    page.get_by_role("heading", name="Ines Okonkwo").wait_for()
    axe(page)
    look(page, "refer-found")
    page.get_by_role("button", name="Refer again").click()
    page.get_by_role("heading", name="What would help them?").wait_for()


def test_a_draft_is_thrown_away_with_a_reason(world, browse):
    page = browse(world.gp)
    page.goto("/refer/new")
    page.get_by_label("First name").fill("Ines")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("heading", name="There is a problem").wait_for()
    page.goto("/refer/")
    page.get_by_role("link", name="Throw away").click()
    page.get_by_role("heading", name="Throw this draft away?").wait_for()
    axe(page)
    look(page, "refer-throw-away")
    page.get_by_label("They do not want to be referred").check()
    page.get_by_role("button", name="Throw it away").click()
    page.get_by_text("Draft thrown away").wait_for()
    assert page.get_by_role("link", name="Ines", exact=True).count() == 0
