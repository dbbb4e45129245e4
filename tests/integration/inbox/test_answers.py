"""Each answer from each state, by each role that may and must not."""

from datetime import timedelta

import pytest

from app.core import clock
from app.core.db import session, transaction
from app.core.errors import Conflict, Denied, Invalid, NotFound
from referrals.inbox.actions import answer, attendance
from referrals.inbox.queries import inbox
from referrals.onward.models.onward_referral import OnwardReferral
from referrals.onward.queries import onward as onwards
from referrals.record.models.status import Reason
from tests.browse import hidden, page_of, sent
from tests.stage import Stage

SOON = clock.today() + timedelta(days=14)


@pytest.fixture(scope="module")
def stage(database):
    return Stage(database)


@pytest.fixture
def onward_id(stage):
    return stage.sent_on()


def accept(stage, one):
    answer.accept(stage.coordinator, one, stage.settings)


def decline(stage, one):
    answer.decline(stage.coordinator, one, Reason.NOT_ELIGIBLE)


def wait(stage, one):
    answer.wait(stage.coordinator, one, SOON)


def ask(stage, one):
    answer.ask(stage.coordinator, one, "Can she manage stairs?")


def book(stage, one):
    attendance.book(stage.coordinator, one, SOON)


def attended(stage, one):
    attendance.attended(stage.coordinator, one)


def missed(stage, one):
    attendance.did_not_attend(stage.coordinator, one)


def called_off(stage, one):
    attendance.event_cancelled(stage.coordinator, one)


def finish(stage, one):
    attendance.complete(stage.coordinator, one)


def end(stage, one):
    attendance.fail(stage.coordinator, one, Reason.CANNOT_CONTACT)


def after(stage, onward_id, *steps):
    with transaction(stage.coordinator):
        one = inbox.get(stage.coordinator, onward_id)
        for step in steps:
            step(stage, one)
        return one


@pytest.mark.parametrize(
    ("steps", "status", "attendance"),
    [
        ([accept], "accepted", None),
        ([decline], "rejected", None),
        ([wait], "on-hold", None),
        ([wait, wait], "on-hold", None),
        ([wait, accept], "accepted", None),
        ([wait, decline], "rejected", None),
        ([ask], "requested", None),
        ([accept, book], "accepted", "booked"),
        ([accept, book, attended], "in-progress", "attended"),
        ([accept, missed], "accepted", "did not attend"),
        ([accept, called_off, book, attended, finish], "completed", "attended"),
        ([accept, finish], "completed", None),
        ([accept, end], "failed", None),
    ],
)
def test_answers_that_may_follow_one_another(stage, onward_id, steps, status, attendance):
    one = after(stage, onward_id, *steps)
    assert (one.status, one.attendance) == (status, attendance)
    with transaction(stage.worker):
        seen = session.get(OnwardReferral, onward_id)
        assert seen.status == status
        assert seen.news_at
        assert len(onwards.history(seen)) == 1 + len(steps)


@pytest.mark.parametrize(
    "steps",
    [
        [book],
        [attended],
        [finish],
        [wait, book],
        [accept, accept],
        [accept, wait],
        [accept, decline],
    ],
)
def test_answers_that_may_not(stage, onward_id, steps):
    with pytest.raises(Conflict):
        after(stage, onward_id, *steps)


@pytest.mark.parametrize("steps", [[decline, accept], [accept, finish, attended], [decline, ask]])
def test_what_has_ended_is_not_answered(stage, onward_id, steps):
    with pytest.raises(Denied):
        after(stage, onward_id, *steps)


def test_some_answers_need_words(stage, onward_id):
    with transaction(stage.coordinator):
        one = inbox.get(stage.coordinator, onward_id)
        with pytest.raises(Invalid):
            answer.decline(stage.coordinator, one, Reason.OTHER)
        with pytest.raises(Invalid):
            answer.wait(stage.coordinator, one, clock.today())


@pytest.mark.parametrize("who", ["worker", "gp", "other_coordinator", "commissioner"])
def test_only_a_coordinator_of_the_addressee_answers(stage, onward_id, who):
    actor = getattr(stage, who)
    with transaction(actor), pytest.raises(NotFound):
        inbox.get(actor, onward_id)
    with transaction(stage.coordinator):
        one = inbox.get(stage.coordinator, onward_id)
        for act in (answer.accept, attendance.attended):
            given = [stage.settings] if act is answer.accept else []
            with pytest.raises(Denied):
                act(actor, one, *given)


def test_a_damaged_disclosure_leaves_the_others_readable(stage, owner, signed_in):
    bad = stage.sent_on(stage.taken_on(given_name="Bo", family_name="Bad"))
    stage.sent_on(stage.taken_on(given_name="Cy", family_name="Clear"))
    owner.execute("set role trellis_policy")
    owner.execute(
        "update disclosure set snapshot_sealed = set_byte(snapshot_sealed, 40, 7)"
        " where onward_referral_id = %s",
        [bad],
    )
    owner.execute("reset role")
    shown = page_of(signed_in(stage.coordinator), "/inbox/")
    assert "This record cannot be opened (reference" in shown
    assert "Cy Clear" in shown


def test_the_inbox_is_read_a_page_at_a_time(stage, onward_id):
    first = onward_id
    others = {stage.sent_on() for _ in range(3)}
    with transaction(stage.coordinator):
        found, mark = [], ""
        while True:
            page = inbox.page(stage.coordinator, inbox.Box.TO_ANSWER, mark, limit=2)
            found += [line.onward.id for line in page.lines]
            mark = page.after
            if not mark:
                break
    assert len(found) == len(set(found))
    assert {first, *others} <= set(found)


def test_sent_twice_is_one_answer_and_a_stale_page_is_refused(stage, onward_id, signed_in):
    client = signed_in(stage.coordinator)
    url = f"/inbox/{onward_id}/accept"
    form, stale = page_of(client, url), page_of(client, url)
    assert "Accepted" in sent(client, url, form, words="")
    again = client.post(url, data={**hidden(form), "words": ""})
    assert again.status_code == 303
    refused = client.post(url, data={**hidden(stale), "words": "Other"})
    assert refused.status_code == 409
    with transaction(stage.coordinator):
        steps = onwards.history(inbox.get(stage.coordinator, onward_id))
        assert [one.kind for one in steps] == ["sent", "accepted"]
