"""A community referrer without a mouse."""

import pytest

from app.core.db import transaction
from referrals.triage.actions import answer
from tests.world import World


@pytest.fixture
def world(database):
    return World(database)


def focus(page):
    return page.evaluate("document.activeElement.innerText || document.activeElement.name")


def tab_to(page, words, most=60):
    for _ in range(most):
        page.keyboard.press("Tab")
        if (focus(page) or "").strip().startswith(words):
            return
    raise AssertionError(f"No {words} within {most} tabs")


def test_from_the_list_to_a_recorded_encounter_by_keyboard_alone(world, browse):
    referral_id = world.referred(given_name="Ines", family_name="Almeida")
    with transaction(world.lead):
        referral = world.get(world.lead, referral_id)
        answer.accept(world.lead, referral, world.worker.user_id)
    page = browse(world.worker, width=820, height=1180)
    page.get_by_role("heading", name="Your caseload").wait_for()

    page.keyboard.press("Tab")
    assert focus(page) == "Skip to main content"
    page.keyboard.press("Enter")
    tab_to(page, "Ines")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Ines Almeida").wait_for()
    tab_to(page, "Record an encounter")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Record an encounter").wait_for()
    tab_to(page, "kind")
    page.keyboard.press("ArrowDown")  # the second: telephone
    tab_to(page, "outcome")
    page.keyboard.press("Space")
    tab_to(page, "Save")
    page.keyboard.press("Enter")
    page.get_by_role("status").get_by_text("Encounter recorded").wait_for()
    page.get_by_text("In progress").first.wait_for()


def test_an_error_can_be_mended_by_keyboard(world, browse):
    referral_id = world.referred()
    page = browse(world.lead)
    page.goto(f"/triage/{referral_id}/decline")
    page.get_by_role("button", name="Decline").click()
    page.get_by_role("heading", name="There is a problem").wait_for()
    page.keyboard.press("Tab")
    assert focus(page) == "Select why you are declining it"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.name") == "reason"
