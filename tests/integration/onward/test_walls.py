"""Both walls around what was sent on: direct SQL with a coordinator's own context, and pages."""

import pytest
import sqlalchemy as sa
from sqlalchemy import func, select

from app.core.db import session, transaction
from app.core.errors import NotFound
from referrals.inbox.actions import withdrawal
from referrals.inbox.queries import inbox
from referrals.onward.actions import follow
from referrals.onward.models.onward_referral import OnwardReferral
from referrals.onward.queries import onward as onwards
from referrals.record.models.status import Reason
from tests.stage import Stage

HIDDEN = [
    *("person", "person_index", "referral", "referral_event", "risk", "need", "goal"),
    *("plan_action", "encounter", "message", "signpost"),
]
OWN = ["onward_referral", "onward_event", "disclosure", "relationship", "person_key"]


@pytest.fixture
def stage(database):
    return Stage(database)


def count(table):
    return session.scalar(sa.text(f"select count(*) from {table}"))


def withdrawn(stage, onward_id):
    with transaction(stage.worker):
        onward = session.get(OnwardReferral, onward_id)
        referral = stage.get(stage.worker, onward.referral_id)
        follow.withdraw(stage.worker, referral, onward, Reason.PERSON_DECLINED, "Not now")
        return onward


def test_a_coordinator_reads_one_onward_referral_and_nothing_behind_it(stage):
    stage.sent_on()
    stage.taken_on()
    with transaction(stage.coordinator):
        assert {table: count(table) for table in HIDDEN} == dict.fromkeys(HIDDEN, 0)
        assert {table: count(table) for table in OWN} == dict.fromkeys(OWN, 1)
    for who in (stage.other_coordinator, stage.other_lead, stage.commissioner):
        with transaction(who):
            assert {table: count(table) for table in OWN} == dict.fromkeys(OWN, 0)


def test_the_referrer_does_not_see_where_somebody_was_sent_on(stage):
    stage.sent_on()
    with transaction(stage.gp):
        for table in ("onward_referral", "onward_event", "disclosure", "signpost"):
            assert count(table) == 0


@pytest.mark.parametrize(
    "sql",
    [
        "update onward_referral set to_agency_id = from_agency_id",
        "update onward_referral set referral_id = gen_random_uuid()",
        "update disclosure set fields = '{}'",
        "delete from onward_referral",
        "delete from withdrawal",
        "update withdrawal set reference = 'X'",
        "insert into relationship select * from relationship",
        "update relationship set ended_at = null",
    ],
)
def test_a_coordinator_changes_no_more_than_the_answer(stage, sql):
    stage.sent_on()
    with transaction(stage.coordinator), pytest.raises(sa.exc.ProgrammingError) as refused:
        session.execute(sa.text(sql))
    assert "permission denied" in str(refused.value)


def test_nobody_writes_in_the_name_of_another(stage):
    stage.sent_on()
    copied = (
        "insert into onward_event select gen_random_uuid(), now(), referral_id, person_id,"
        " onward_referral_id, user_id, agency_id, 'replied', status from onward_event"
    )
    refused = pytest.raises(sa.exc.ProgrammingError, match="row-level security")
    with refused, transaction(stage.coordinator):
        session.execute(sa.text(copied))


@pytest.mark.parametrize("who", ["coordinator", "gp", "other_lead", "commissioner"])
def test_nobody_else_takes_an_onward_referral_back(stage, who):
    onward_id = stage.sent_on()
    actor = getattr(stage, who)
    with pytest.raises(sa.exc.ProgrammingError), transaction(actor):
        session.execute(select(func.trellis.take_back(onward_id)))


@pytest.mark.parametrize("who", ["worker", "gp", "other_coordinator", "commissioner"])
def test_nobody_else_says_that_an_answer_arrived(stage, who):
    onward_id = stage.sent_on()
    actor = getattr(stage, who)
    with pytest.raises(sa.exc.ProgrammingError), transaction(actor):
        session.execute(select(func.trellis.answer_arrived(onward_id)))


def test_after_a_withdrawal_only_a_reference_is_left_to_read(stage):
    onward_id = stage.sent_on()
    onward = withdrawn(stage, onward_id)
    with transaction(stage.coordinator):
        with pytest.raises(NotFound):
            inbox.get(stage.coordinator, onward_id)
        assert {table: count(table) for table in OWN} == dict.fromkeys(OWN, 0)
        (stub,) = inbox.withdrawals(stage.coordinator)
        assert stub.reference == onward.reference
        withdrawal.acknowledge(stage.coordinator, stub.id)
    with transaction(stage.coordinator):
        assert inbox.withdrawals(stage.coordinator) == []
    with transaction(stage.worker):
        onward = session.get(OnwardReferral, onward_id)
        assert onwards.withdrawal(onward).acknowledged_by == stage.coordinator.user_id


def test_another_charity_does_not_see_the_withdrawal(stage):
    withdrawn(stage, stage.sent_on())
    with transaction(stage.other_coordinator):
        assert inbox.withdrawals(stage.other_coordinator) == []
        stub = session.scalar(sa.text("select id from withdrawal"))
        assert stub is None


def pages(stage, onward_id, referral_id):
    service = stage.service_id
    sending = [
        f"/onward/{referral_id}/",
        f"/onward/{referral_id}/find",
        f"/onward/{referral_id}/to/{service}",
        f"/onward/{referral_id}/signpost/{service}",
        f"/onward/{referral_id}/sheet",
        f"/onward/{referral_id}/sent/{onward_id}",
        f"/onward/{referral_id}/sent/{onward_id}/withdraw",
    ]
    answers = ("accept", "decline", "wait", "ask", "book", "attended", "missed", "finish", "end")
    receiving = [f"/inbox/{onward_id}", *(f"/inbox/{onward_id}/{one}" for one in answers)]
    return sending, receiving


def test_each_side_opens_its_own_pages_and_no_others(stage, signed_in):
    referral_id = stage.taken_on()
    onward_id = stage.sent_on(referral_id)
    sending, receiving = pages(stage, onward_id, referral_id)
    worker, coordinator = signed_in(stage.worker), signed_in(stage.coordinator)
    for url in sending:
        assert worker.get(url).status_code == 200, url
        assert coordinator.get(url).status_code == 404, url
    for url in receiving:
        assert coordinator.get(url).status_code == 200, url
        assert worker.get(url).status_code == 404, url
    for who in ("gp", "other_lead", "other_coordinator", "commissioner", "administrator"):
        client = signed_in(getattr(stage, who))
        for url in [*sending, *receiving]:
            assert client.get(url).status_code in (403, 404), (who, url)


def test_foreign_and_absent_are_the_same_bytes(stage, signed_in):
    referral_id = stage.taken_on()
    onward_id = stage.sent_on(referral_id)
    absent = "00000000-0000-4000-8000-000000000000"
    stranger = signed_in(stage.other_coordinator)
    foreign, nothing = stranger.get(f"/inbox/{onward_id}"), stranger.get(f"/inbox/{absent}")
    assert foreign.status_code == nothing.status_code == 404

    def bare(answer):
        return [line for line in answer.text.splitlines() if "nonce" not in line]

    assert bare(foreign) == bare(nothing)
