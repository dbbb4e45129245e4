"""A charity's coordinator answers on a telephone."""

from datetime import timedelta

import pytest

from app.core import clock
from app.core.db import transaction
from referrals.onward.actions import follow
from referrals.onward.queries import onward as onwards
from referrals.record.models.status import Reason
from tests.pages import axe, look
from tests.stage import Stage


@pytest.fixture
def stage(database):
    return Stage(database)


def checked(page, name, title):
    page.get_by_role("heading", name=title).first.wait_for()
    axe(page)
    look(page, f"answer-{name}")


def said(page, words):
    page.get_by_role("status").get_by_text(words).wait_for()


def test_a_coordinator_accepts_books_and_says_what_happened(stage, browse):
    stage.sent_on(words="She is shy at first.")
    stage.sent_on(stage.taken_on(given_name="Bo", family_name="Lindqvist"))
    stage.sent_on(stage.taken_on(given_name="Cyril", family_name="Adeyemi"))
    page = browse(stage.coordinator, width=375, height=800)
    page.goto("/inbox/")
    checked(page, "inbox", "Inbox")
    page.get_by_role("link", name="Ines Almeida").click()
    checked(page, "one", "Ines Almeida")
    assert "She is shy at first." in page.locator("main").inner_text()
    page.get_by_role("button", name="Accept").click()
    checked(page, "accept", "Accept")
    page.get_by_label("Anything they should know?").fill("Ask for Joan at the door.")
    page.get_by_role("button", name="Accept").click()
    said(page, "Accepted")
    page.get_by_role("button", name="Book a date").click()
    day = clock.today() + timedelta(days=3)
    for part, text in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        page.get_by_label(part).fill(str(text))
    page.get_by_role("button", name="Save the date").click()
    said(page, "Booked")
    page.get_by_role("button", name="They came").click()
    page.get_by_role("button", name="They came").click()
    said(page, "Saved")
    checked(page, "attended", "What happened?")

    page.goto("/inbox/")
    page.get_by_role("link", name="Bo Lindqvist").click()
    page.get_by_role("button", name="Decline").click()
    page.get_by_role("button", name="Decline").click()
    checked(page, "decline-mistake", "There is a problem")
    page.get_by_label("Full", exact=True).check()
    page.get_by_role("button", name="Decline").click()
    said(page, "Declined")

    page.goto("/inbox/")
    page.get_by_role("link", name="Cyril Adeyemi").click()
    page.get_by_role("button", name="Waiting list").click()
    page.get_by_role("button", name="Put on the list").click()
    said(page, "On the waiting list")
    page.goto("/inbox/?box=waiting+list")
    page.get_by_role("link", name="Cyril Adeyemi").wait_for()
    checked(page, "waiting", "Inbox")


def test_a_withdrawal_leaves_a_reference_to_acknowledge(stage, browse):
    referral_id = stage.taken_on()
    onward_id = stage.sent_on(referral_id)
    with transaction(stage.worker):
        referral = stage.get(stage.worker, referral_id)
        onward = onwards.get(stage.worker, referral, onward_id)
        follow.withdraw(stage.worker, referral, onward, Reason.PERSON_DECLINED)
    page = browse(stage.coordinator, width=375, height=800)
    page.goto("/inbox/")
    checked(page, "withdrawn", f"Withdrawn – reference {onward.reference}")
    assert "Almeida" not in page.content()
    page.get_by_role("button", name="We have stopped").click()
    said(page, "Acknowledged")
    page.goto(f"/inbox/{onward_id}")
    page.get_by_role("heading", name="Page not found").wait_for()
