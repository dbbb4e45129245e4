"""A community referrer finds a service, previews what would be sent, and sends it."""

import re

import pytest
from playwright.sync_api import expect

from directory.actions.topics.places import Place, Places
from directory.actions.topics.state import State
from directory.finding.actions.learning import learn
from tests.pages import axe, look
from tests.stage import Stage


@pytest.fixture
def stage(database):
    return Stage(database)


def checked(page, name, title):
    page.get_by_role("heading", name=title).first.wait_for()
    axe(page)
    look(page, f"onward-{name}")


def checked_wide_and_narrow(page, name, title):
    page.get_by_role("heading", name=title).first.wait_for()
    look(page, f"onward-{name}", axe)


def test_a_community_referrer_refers_on_and_signposts(stage, browse):
    referral_id = stage.taken_on(needs=("out.arts",), own_words="I miss the choir.")
    hall = Places([Place("Harbour Hall", "1 Quay Street", "Saltmere", "QS1 1AA")])
    stage.offers("Harbour choir", hall, State("places", places=9), needs=("out.arts",))
    stage.offers("Sea swimming", State("full"), of=stage.lists(None, "Sea Shed"))
    while learn():
        pass
    page = browse(stage.worker)
    page.goto(f"/caseload/{referral_id}")
    page.get_by_role("link", name="Find a service").first.click()
    checked_wide_and_narrow(page, "find", "Find a service")
    page.get_by_label("Words").fill("choirr")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("button", name="choir", exact=True).wait_for()
    checked(page, "find-slip", "Find a service")
    page.get_by_role("button", name="choir", exact=True).click()
    expect(page.get_by_label("Words")).to_have_value("choir")
    page.get_by_role("button", name=re.compile("Harbour choir")).first.wait_for()
    page.get_by_label("You can get in touch yourself").check()
    page.get_by_role("button", name="Show these").click()
    page.get_by_role("button", name="You can get in touch yourself").wait_for()
    checked_wide_and_narrow(page, "find-narrowed", "Find a service")
    page.get_by_role("button", name="Refer on to Harbour choir").first.click()
    checked_wide_and_narrow(page, "details", "Refer on to Harbour choir")
    page.get_by_label("Anything the service should know?").fill("She is shy at first.")
    page.get_by_label("A volunteer").check()
    page.get_by_text("Leave out some details").click()
    page.get_by_label("In their own words").check()
    page.get_by_role("button", name="Preview what is sent").click()
    checked_wide_and_narrow(page, "preview", "Check what will be sent")
    sent = page.locator("main dl").inner_text()
    assert "Ines Almeida" in sent
    assert "Comes with a volunteer" in sent
    assert "I miss" not in sent
    assert "1 Sea Lane" not in sent
    page.get_by_role("button", name="Change something").click()
    assert page.get_by_label("In their own words").is_checked()
    page.get_by_label("In their own words").uncheck()
    page.get_by_role("button", name="Preview what is sent").click()
    page.get_by_role("button", name="Send").click()
    checked(page, "preview-mistake", "There is a problem")
    page.get_by_label("The person has agreed").check()
    page.get_by_role("button", name="Send").click()
    page.get_by_role("status").get_by_text("Sent.").wait_for()
    assert "I miss" in page.locator("main").inner_text()
    checked(page, "sent", "Harbour choir")

    page.goto(f"/onward/{referral_id}/find")
    page.get_by_label("Words").fill("swimming")
    page.get_by_label("Near", exact=True).fill("")
    page.get_by_label("Need").select_option("")
    page.get_by_role("button", name="Search").click()
    page.get_by_text("It does not use this system").first.wait_for()
    page.get_by_role("link", name="Signpost to Sea swimming").first.click()
    checked(page, "signpost", "Signpost to Sea swimming")
    page.get_by_role("button", name="Record the signpost").click()
    checked(page, "sheet", "Services for you")
    page.get_by_role("link", name="Large print").click()
    checked(page, "sheet-large", "Services for you")
    page.goto(f"/onward/{referral_id}/")
    checked(page, "overview", "Referred on, and told about")
    page.get_by_role("link", name="Harbour choir").click()
    page.get_by_role("link", name="Withdraw").click()
    checked(page, "withdraw", "Withdraw from Harbour choir")
    page.get_by_label("The person changed their mind").check()
    page.get_by_role("button", name="Withdraw").click()
    page.get_by_text("They can no longer read this").wait_for()
    page.goto(f"/caseload/{referral_id}")
    checked(page, "on-the-caseload", "Referred on")
