"""A commissioner sees counts only."""

import pytest

from app.core.db import transaction
from referrals.finish.actions import need as needs
from referrals.record.models.need import NeedStatus
from referrals.record.queries import referral as referrals
from tests.pages import axe, look
from tests.stage import Stage


@pytest.fixture
def stage(database):
    return Stage(database)


def test_a_commissioner_sees_counts_and_nobody(stage, browse):
    for number in range(6):
        referral_id = stage.taken_on(given_name=f"Person {number}", needs=("money.debt",))
        with transaction(stage.worker):
            referral = stage.get(stage.worker, referral_id)
            for need in referrals.needs(referral):
                needs.end(stage.worker, referral, need, NeedStatus.NO_SUITABLE_SERVICE)
    page = browse(stage.commissioner)
    page.get_by_role("link", name="Counts").first.click()
    page.get_by_role("heading", name="Unmet need").wait_for()
    axe(page)
    look(page, "report-counts")
    assert "Person 1" not in page.content()
    assert page.get_by_text("fewer than 5").count() > 3
    with page.expect_download() as saved:
        page.get_by_role("link", name="Download as a spreadsheet").click()
    assert saved.value.suggested_filename.endswith(".csv")
    page.goto("/caseload/")
    page.get_by_role("heading", name="You cannot do that").wait_for()
