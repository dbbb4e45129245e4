"""The end of a journey: the work is finished, and the GP reads what came of it."""

import pytest

from app.core.db import transaction
from referrals.inbox.actions import answer, attendance
from referrals.inbox.queries import inbox
from tests.pages import axe, look
from tests.stage import Stage


@pytest.fixture
def stage(database):
    return Stage(database)


def checked(page, name, title):
    page.get_by_role("heading", name=title).first.wait_for()
    axe(page)
    look(page, f"finish-{name}")


def test_the_work_is_finished_and_the_gp_reads_of_it(stage, browse):
    referral_id = stage.taken_on(needs=("company.lonely", "money.debt"))
    onward_id = stage.sent_on(referral_id)
    page = browse(stage.worker, width=820)
    page.goto(f"/caseload/{referral_id}/plan-message")
    checked(page, "plan", "Tell the referrer that a plan is agreed")
    page.get_by_label("What do you ask the referrer to do?").fill("Review her sleeping tablets")
    page.get_by_role("button", name="Send").click()
    page.get_by_role("status").get_by_text("The referrer has been told").wait_for()
    page.goto(f"/caseload/{referral_id}/close")
    checked(page, "still-open", "Before this can finish")
    with transaction(stage.coordinator):
        one = inbox.get(stage.coordinator, onward_id)
        answer.accept(stage.coordinator, one, stage.settings)
        attendance.attended(stage.coordinator, one)
        attendance.complete(stage.coordinator, one)
    page.reload()
    for ending, words in (("Met", "Goes every Tuesday"), ("No suitable service", "")):
        page.goto(f"/caseload/{referral_id}/close")
        page.locator("main .nhsuk-task-list__link").first.click()
        page.get_by_label(ending, exact=True).check()
        page.get_by_label("What happened?").fill(words)
        page.get_by_role("button", name="Save").click()
        page.get_by_role("status").get_by_text("Saved how the need ended").wait_for()
    page.goto(f"/caseload/{referral_id}/close")
    checked(page, "close", "Finish this referral")
    page.get_by_role("button", name="Check the message").click()
    checked(page, "close-mistakes", "There is a problem")
    page.get_by_label("Finished: they were helped").check()
    page.get_by_label("What should they know?").fill("She has made two friends.")
    page.get_by_role("button", name="Check the message").click()
    checked(page, "check", "Check the message to the referrer")
    page.get_by_text("No action needed").wait_for()
    page.get_by_role("button", name="Finish and send").click()
    page.get_by_role("status").get_by_text("Finished").wait_for()

    page = browse(stage.gp)
    page.goto("/sent/?show=with+news")
    checked(page, "sent", "Referrals you sent")
    page.get_by_role("link", name="Ines Almeida").click()
    checked(page, "read", "Ines Almeida")
    words = page.locator("main").inner_text()
    assert words.index("No action needed") < words.index("She has made two friends.")
    assert "no suitable service was found" in words
    page.get_by_role("link", name="Print").click()
    checked(page, "paper", "Ines Almeida")
