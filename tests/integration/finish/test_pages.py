"""Finishing, page by page: the community referrer ends it, the referrer reads of it."""

import re

import pytest

from app.core.db import session, transaction
from referrals.finish.models.message import Message
from tests.browse import page_of, sent
from tests.stage import Stage


@pytest.fixture
def stage(database):
    return Stage(database)


def test_the_work_ends_and_the_referrer_reads_of_it(stage, signed_in):
    referral_id = stage.taken_on()
    onward_id = stage.sent_on(referral_id)
    worker, gp = signed_in(stage.worker), signed_in(stage.gp)
    coordinator = signed_in(stage.coordinator)
    close = f"/caseload/{referral_id}/close"
    waiting = page_of(worker, close)
    assert "Tuesday coffee morning" in waiting
    assert "Still open" in waiting
    assert "News" in page_of(gp, "/sent/")
    for what in ("accept", "attended", "finish"):
        url = f"/inbox/{onward_id}/{what}"
        sent(coordinator, url, page_of(coordinator, url), words="")
    end = re.search(rf'href="(/caseload/{referral_id}/needs/[^"]+/end)"', waiting)[1]
    shown = sent(worker, end, page_of(worker, end), status="met", words="Goes every week")
    assert "Messages to the referrer" in shown
    form = page_of(worker, close)
    assert "went there, finished" in form
    answers = {"outcome": "completed", "reason": "", "summary": "She is well.", "actions": ""}
    checked = sent(worker, close, form, **answers, tried="Coffee morning", did_not_work="")
    assert "No action needed" in checked
    done = sent(worker, f"/caseload/{referral_id}/closure", checked)
    assert "Finished. The referrer has been told" in done
    read = page_of(gp, f"/sent/{referral_id}")
    assert read.index("No action needed") < read.index("She is well.") < read.index("Coffee morn")
    assert "Goes every week" in read
    assert "News" not in page_of(gp, "/sent/?show=closed")
    page_of(gp, f"/sent/{referral_id}/print")
    with transaction(stage.gp):
        kinds = [one.kind for one in session.query(Message).order_by(Message.created_at)]
        assert kinds == ["taken on", "closed"]
