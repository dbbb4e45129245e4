"""Two privacy officers: one holds and lifts and proposes, the other erases; the GP reads of it."""

import pytest

from app.core.db import transaction
from referrals.retention.queries import kept as kept_until
from tests.ageing import declined, ended, officers, person_of
from tests.pages import axe, look
from tests.stage import Stage


@pytest.fixture
def stage(database):
    return Stage(database)


def checked(page, name, title):
    page.get_by_role("heading", name=title).first.wait_for()
    axe(page)
    look(page, f"retention-{name}")


def test_a_record_is_held_then_erased_by_two(stage, browse):
    first, second = officers(stage)
    referral_id = ended(stage, given_name="Perpetua", family_name="Longstaff", sent_on=True)
    declined(stage, 3)
    with transaction(first):
        kept = kept_until.get(first, stage.settings.retention, person_of(stage, referral_id))
    reference = kept.refs[0]

    page = browse(first)
    page.get_by_role("link", name="Retention").first.click()
    checked(page, "due", "How long records are kept")
    page.get_by_label("Reference of a referral").fill(reference.lower())
    page.get_by_role("button", name="Find").click()
    checked(page, "person", "How long this record is kept")
    page.get_by_role("button", name="Place a legal hold").click()
    checked(page, "hold", "Place a legal hold")
    page.get_by_role("button", name="Place the hold").click()
    checked(page, "hold-mistake", "There is a problem")
    page.get_by_label("A complaint or a claim").check()
    page.get_by_label("Your case number").fill("C-2026-114")
    page.get_by_role("button", name="Place the hold").click()
    page.get_by_role("status").get_by_text("Held").wait_for()
    checked(page, "held", "How long this record is kept")
    page.get_by_text("It cannot be erased while it is held").wait_for()
    page.goto("/retention/?show=held")
    checked(page, "holds", "How long records are kept")
    page.get_by_role("link", name="Lift").first.click()
    page.get_by_label("Why is it not needed any longer?").fill("The complaint was settled")
    checked(page, "lift", "Lift this legal hold")
    page.get_by_role("button", name="Lift the hold").click()
    page.get_by_role("button", name="Propose erasure").click()
    checked(page, "propose", "Propose to erase this record")
    page.get_by_label("I know of no court case").check()
    page.get_by_role("button", name="Propose").click()
    checked(page, "proposal", "Erasure proposed")
    page.get_by_text("another privacy officer has to agree").wait_for()

    other = browse(second, width=820)
    other.goto("/retention/?show=waiting")
    checked(other, "waiting", "How long records are kept")
    other.get_by_role("link", name=reference).click()
    other.get_by_role("button", name="Go on to approve").click()
    checked(other, "approve", "Erase this record for good")
    other.get_by_label("I have checked this for myself").check()
    other.get_by_role("button", name="Erase for good").click()
    checked(other, "receipt", "Receipt of an erasure")
    other.get_by_text("they cannot be read either").wait_for()
    other.goto("/retention/?show=erased")
    checked(other, "erased", "How long records are kept")

    gp = browse(stage.gp, width=375)
    gp.goto("/sent/?show=all")
    checked(gp, "sent-list", "Referrals you sent")
    gp.get_by_text("This record was erased").first.wait_for()
    gp.goto(f"/sent/{referral_id}")
    checked(gp, "gone", "This record was erased")
    assert "Longstaff" not in gp.content()


def test_an_officer_with_nothing_to_do_is_told_what_would_appear(stage, browse):
    first, _ = officers(stage)
    page = browse(first, width=375)
    for show, words in (
        ("due", "Nothing is due"),
        ("waiting", "Nothing waits"),
        ("held", "No holds"),
        ("erased", "Nothing has been erased"),
    ):
        page.goto(f"/retention/?show={show}")
        page.get_by_text(words).wait_for()
    checked(page, "empty", "How long records are kept")
    page.get_by_label("Reference of a referral").fill("2222-2222")
    page.get_by_role("button", name="Find").click()
    checked(page, "not-found", "There is a problem")
