"""A referral finishes only when nothing is open; the referrer is told, actions first."""

from datetime import timedelta

import pytest

from app.core import clock
from app.core.db import session, transaction
from app.core.errors import Conflict, Denied, Invalid, NotFound
from referrals.finish.actions import cancelling, closing, message
from referrals.finish.actions import need as needs
from referrals.finish.models.closing import Closing
from referrals.finish.models.message import Letter, Message, MessageKind
from referrals.finish.queries import message as messages
from referrals.finish.queries import sent as sent_list
from referrals.finish.queries import tried
from referrals.finish.queries.sent import Show
from referrals.inbox.actions import answer
from referrals.inbox.queries import inbox
from referrals.onward.actions import follow, signpost
from referrals.onward.queries import onward as onwards
from referrals.record.models.need import NeedStatus
from referrals.record.models.status import Reason, Status
from referrals.record.queries import referral as referrals
from referrals.triage.actions import answer as triage
from referrals.triage.actions import pause
from tests.browse import hidden, page_of, sent
from tests.stage import Stage

DONE = Closing(Status.COMPLETED, Letter(actions=("Ring her",), summary="All well."))


@pytest.fixture(scope="module")
def stage(database):
    return Stage(database)


def end_needs(stage, referral_id, status=NeedStatus.MET, words=""):
    with transaction(stage.worker):
        referral = stage.get(stage.worker, referral_id)
        for need in referrals.needs(referral):
            needs.end(stage.worker, referral, need, status, words)


def closed(stage, referral_id, how=DONE, by=None):
    by = by or stage.worker
    with transaction(by):
        return closing.close(by, stage.get(by, referral_id), how)


def test_an_open_need_is_named(stage):
    referral_id = stage.taken_on()
    with pytest.raises(Invalid, match="the need “Feeling lonely or cut off”"):
        closed(stage, referral_id)


def test_an_open_onward_referral_is_named(stage):
    referral_id = stage.taken_on()
    onward_id = stage.sent_on(referral_id)
    end_needs(stage, referral_id)
    with pytest.raises(Invalid, match="the onward referral to Tuesday coffee morning"):
        closed(stage, referral_id)
    with transaction(stage.coordinator):
        one = inbox.get(stage.coordinator, onward_id)
        answer.decline(stage.coordinator, one, Reason.FULL)
    closed(stage, referral_id)


@pytest.mark.parametrize(
    ("outcome", "reason", "status"),
    [
        (Status.COMPLETED, None, "completed"),
        (Status.FAILED, Reason.CANNOT_CONTACT, "failed"),
        (Status.CANCELLED, Reason.PERSON_DECLINED, "cancelled"),
    ],
)
def test_each_outcome_ends_it_and_tells_the_referrer(stage, outcome, reason, status):
    referral_id = stage.taken_on()
    end_needs(stage, referral_id, NeedStatus.PERSON_WITHDREW, "She changed her mind")
    closed(stage, referral_id, Closing(outcome, Letter(summary="Over."), reason))
    with transaction(stage.gp):
        referral = stage.get(stage.gp, referral_id)
        assert (referral.status, referral.next_step) == (status, "nothing")
        written = messages.of_referral(referral)
        assert [one.kind for one in written] == ["closed", "taken on"]
        assert written[0].words.needs == (
            "Feeling lonely or cut off: the person withdrew. She changed her mind",
        )
        assert written[0].words.actions == ()


def test_an_ending_without_help_has_a_reason(stage):
    referral_id = stage.taken_on()
    end_needs(stage, referral_id)
    with pytest.raises(Invalid):
        closed(stage, referral_id, Closing(Status.FAILED, Letter(summary="Over.")))


@pytest.mark.parametrize("who", ["gp", "other_lead", "coordinator", "commissioner"])
def test_nobody_else_finishes_it(stage, who):
    referral_id = stage.taken_on()
    end_needs(stage, referral_id)
    with pytest.raises((Denied, NotFound)):
        closed(stage, referral_id, by=getattr(stage, who))


def test_a_need_ends_once(stage):
    referral_id = stage.taken_on()
    end_needs(stage, referral_id)
    with pytest.raises(Conflict):
        end_needs(stage, referral_id)


def test_what_was_tried_and_did_not_work_is_filled_in(stage):
    referral_id = stage.taken_on()
    onward_id = stage.sent_on(referral_id)
    with transaction(stage.worker):
        referral = stage.get(stage.worker, referral_id)
        signpost.add(stage.worker, referral, stage.service_id)
        sent_on = onwards.get(stage.worker, referral, onward_id)
        follow.withdraw(stage.worker, referral, sent_on, Reason.PERSON_DECLINED)
    end_needs(stage, referral_id, NeedStatus.NO_SUITABLE_SERVICE)
    with transaction(stage.worker):
        known = tried.of(stage.get(stage.worker, referral_id))
    assert known.tried[0].startswith("Told about Tuesday coffee morning")
    assert any("withdrawn" in line for line in known.did_not_work)
    assert any("no suitable service was found" in line for line in known.did_not_work)


def test_the_plan_is_told_once(stage):
    referral_id = stage.taken_on()
    for refused in (None, Conflict):
        with transaction(stage.worker):
            referral = stage.get(stage.worker, referral_id)
            letter = Letter(summary="A plan.")
            if refused is None:
                message.plan_agreed(stage.worker, referral, letter)
                assert message.has(referral, MessageKind.PLAN_AGREED)
            else:
                with pytest.raises(refused):
                    message.plan_agreed(stage.worker, referral, letter)


def test_the_referrer_takes_back_only_before_the_work_begins(stage):
    referral_id = stage.referred()
    begun = stage.taken_on()
    stage.sent_on(begun)
    with transaction(stage.gp):
        cancelling.cancel(stage.gp, stage.get(stage.gp, referral_id), Reason.PERSON_DECLINED)
        with pytest.raises(Conflict):
            cancelling.cancel(stage.gp, stage.get(stage.gp, begun), Reason.PERSON_DECLINED)
    with transaction(stage.lead):
        assert stage.get(stage.lead, referral_id).status == "cancelled"
    other = stage.referred()
    for who in (stage.lead, stage.other_gp):
        with transaction(who), pytest.raises((Denied, NotFound)):
            cancelling.cancel(who, stage.get(who, other), Reason.OTHER)


def test_the_list_of_what_was_sent_is_the_agencys_own(stage):
    mine = {stage.referred() for _ in range(3)}
    with transaction(stage.gp):
        found, mark = set(), ""
        while True:
            page = sent_list.page(stage.gp, Show.OPEN, mark, limit=2)
            found |= {one.id for one in page.referrals}
            mark = page.after
            if not mark:
                break
    assert mine <= found
    with transaction(stage.nurse):
        assert mine <= {one.id for one in sent_list.page(stage.nurse, Show.ALL).referrals}
    with transaction(stage.other_gp):
        assert not sent_list.page(stage.other_gp, Show.ALL).referrals
    for who in (stage.lead, stage.coordinator, stage.commissioner):
        with transaction(who), pytest.raises(Denied):
            sent_list.page(who, Show.ALL)


def test_finishing_twice_is_once(stage, signed_in):
    referral_id = stage.taken_on()
    end_needs(stage, referral_id)
    worker = signed_in(stage.worker)
    close, closure = f"/caseload/{referral_id}/close", f"/caseload/{referral_id}/closure"
    answers = {"outcome": "completed", "reason": "", "summary": "Well.", "actions": ""}
    form = page_of(worker, close)
    checked = sent(worker, close, form, **answers, tried="", did_not_work="")
    for _ in range(2):
        assert worker.post(closure, data=hidden(checked)).status_code == 303
    with transaction(stage.worker):
        kinds = session.query(Message.kind).filter_by(referral_id=referral_id, kind="closed")
        assert kinds.count() == 1


def test_mistakes_keep_what_was_typed(stage, signed_in):
    referral_id = stage.taken_on()
    end_needs(stage, referral_id)
    worker = signed_in(stage.worker)
    close = f"/caseload/{referral_id}/close"
    answers = {"outcome": "failed", "reason": "", "summary": "Kept words", "actions": "x"}
    again = sent(worker, close, page_of(worker, close), **answers, tried="", did_not_work="")
    assert "Select why" in again
    assert "Kept words" in again


def test_sent_pages_by_every_role(stage, signed_in):
    referral_id = stage.taken_on()
    urls = ["/sent/", f"/sent/{referral_id}", f"/sent/{referral_id}/print"]
    urls.append(f"/sent/{referral_id}/withdraw")
    for url in urls:
        assert signed_in(stage.gp).get(url).status_code == 200, url
    for who in ("worker", "lead", "coordinator", "other_gp", "commissioner", "administrator"):
        client = signed_in(getattr(stage, who))
        for url in urls:
            allowed = (200, 403, 404) if (who, url) == ("other_gp", "/sent/") else (403, 404)
            assert client.get(url).status_code in allowed, (who, url)


def test_a_declined_or_paused_referral_is_news_with_its_reason(stage):
    declined, paused = stage.referred(), stage.referred()
    with transaction(stage.lead):
        triage.decline(
            stage.lead, stage.get(stage.lead, declined), Reason.OUT_OF_AREA, "Try the Oak team."
        )
        until = clock.today() + timedelta(days=20)
        pause.hold(stage.lead, stage.get(stage.lead, paused), until, Reason.FULL, "")
    with transaction(stage.gp):
        (message_,) = messages.of_referral(stage.get(stage.gp, declined))
        assert "They live outside our area." in message_.words.summary
        assert "Try the Oak team." in message_.words.summary
        (note,) = messages.of_referral(stage.get(stage.gp, paused))
        assert "waiting list" in note.words.summary
        news = {one.id for one in sent_list.page(stage.gp, Show.NEWS).referrals}
        assert {declined, paused} <= news
