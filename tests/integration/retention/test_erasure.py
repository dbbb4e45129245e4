"""Erasure: proposed by one officer, approved by another; then nothing opens and nothing breaks."""

import dataclasses
import uuid
from dataclasses import replace
from datetime import timedelta

import psycopg
import pytest
import sqlalchemy as sa

from app.core import clock, keys
from app.core.db import session, transaction
from app.core.errors import Conflict, DamagedRecord, Denied, ErasedRecord, NotFound
from app.core.sealing import registry
from app.identity.actor import Role
from app.identity.assurance import ProofNeeded
from referrals.record.models.event import EventWords, ReferralEvent
from referrals.record.models.person import Person
from referrals.record.notices import Notice
from referrals.retention.actions import erasure as actions
from referrals.retention.actions import hold as holding
from referrals.retention.models.hold import HoldReason
from referrals.retention.queries import erasure as erasures
from referrals.retention.queries import hold as holds
from referrals.retention.queries import kept as kept_until
from tests.ageing import ended, officers, person_of
from tests.browse import page_of, sent
from tests.stage import Stage


@pytest.fixture(scope="module")
def stage(database):
    made = Stage(database)
    made.first, made.second = officers(made)
    made.rules = database.settings.retention
    return made


def kept(stage, officer, person_id):
    return kept_until.get(officer, stage.rules, person_id)


def proposed(stage, person_id, officer=None):
    officer = officer or stage.first
    with transaction(officer):
        return actions.propose(officer, kept(stage, officer, person_id)).id


def approved(stage, erasure_id, officer=None):
    officer = officer or stage.second
    with transaction(officer):
        found = erasures.get(officer, erasure_id)
        actions.approve(officer, found, kept(stage, officer, found.person_id), stage.rules)


def erased(stage, **said) -> tuple[uuid.UUID, uuid.UUID, uuid.UUID]:
    referral_id = ended(stage, **said)
    person_id = person_of(stage, referral_id)
    erasure_id = proposed(stage, person_id)
    approved(stage, erasure_id)
    return referral_id, person_id, erasure_id


def superuser(stage, statement, *values):
    with psycopg.connect(stage.database.url("postgres")) as connection:
        return connection.execute(statement, values).fetchall()


def test_key_index_and_every_sealed_column_are_gone_and_the_stub_says_why(stage):
    referral_id, person_id, erasure_id = erased(
        stage, nhs_number="9990009018", given_name="Orla", family_name="Vantage", sent_on=True
    )

    for table in ("person_key", "person_index"):
        assert superuser(stage, f"select 1 from {table} where person_id = %s", person_id) == []
    left = {}
    for one in registry.all_columns():
        if one.owner.__module__.startswith("referrals."):
            query = (
                f"select length({one.column}) from {one.table} where {one.persons_column} = %s"
                f" and length({one.column}) > 0"
            )
            if found := superuser(stage, query, person_id):
                left[one.table, one.column] = found
    assert left == {}
    with transaction(stage.second):
        stub = erasures.get(stage.second, erasure_id)
    assert stub.refs == [
        superuser(stage, "select reference from referral where id = %s", referral_id)[0][0]
    ]
    assert (stub.proposed_by, stub.decided_by) == (stage.first.user_id, stage.second.user_id)
    assert stub.rule == "adult"
    assert stub.emptied >= 8
    assert (stub.backups_until - stub.decided_at.date()).days in (34, 35, 36)
    trail = superuser(
        stage, "select action from audit_event where subject_id = %s order by id", erasure_id
    )
    assert [one for (one,) in trail] == ["erasure.proposed", "erasure.done"]


def test_who_it_was_sent_on_to_is_told_as_with_a_withdrawal(stage, signed_in):
    inbox = signed_in(stage.coordinator)
    referral_id, person_id, _ = erased(stage, family_name="Quillfeather", sent_on=True)
    reference = superuser(
        stage, "select reference from onward_referral where referral_id = %s", referral_id
    )[0][0]
    shown = page_of(inbox, "/inbox/")
    assert f"Withdrawn – reference {reference}" in shown
    assert "destroy any copy" in shown
    assert "Quillfeather" not in shown
    queued = superuser(
        stage,
        "select count(*) from procrastinate_jobs where args->>'reference' = %s"
        " and args->>'notice' = 'A referral has been withdrawn'",
        str(stage.charity),
    )
    assert queued[0][0] >= 1
    onward = superuser(
        stage,
        "select 1 from relationship where person_id = %s and role = 'onward' and ended_at is null",
        person_id,
    )
    assert onward == []


def test_every_page_says_erased_and_nothing_breaks(stage, signed_in):
    referral_id, person_id, _ = erased(stage, family_name="Everglade")
    gp, lead = signed_in(stage.gp), signed_in(stage.lead)
    worker, stranger = signed_in(stage.worker), signed_in(stage.other_gp)
    listed = page_of(gp, "/sent/?show=all")
    assert "This record was erased" in listed
    assert "Everglade" not in listed
    for client, addresses in {
        gp: (f"/sent/{referral_id}", f"/sent/{referral_id}/print", f"/sent/{referral_id}/withdraw"),
        lead: (f"/triage/{referral_id}", f"/caseload/{referral_id}"),
        worker: (
            f"/caseload/{referral_id}",
            f"/caseload/{referral_id}/person",
            f"/caseload/{referral_id}/close",
            f"/caseload/{referral_id}/encounters/new",
        ),
    }.items():
        for address in addresses:
            text = page_of(client, address, status=410)
            assert "This record was erased" in text, address
    for address in (f"/sent/{referral_id}", f"/sent/{uuid.uuid4()}"):
        assert stranger.get(address).status_code == 404
    assert stranger.get(f"/sent/{referral_id}").data == stranger.get(f"/sent/{uuid.uuid4()}").data
    with transaction(stage.gp):
        assert (
            superuser(
                stage,
                "select 1 from audit_event where action = 'integrity_failure' and person_id = %s",
                person_id,
            )
            == []
        )


def test_nothing_can_be_read_or_written_about_the_erased(stage):
    referral_id, person_id, _ = erased(stage)
    with transaction(stage.gp):
        person = session.get_one(Person, person_id)
        with pytest.raises(ErasedRecord):
            _ = person.identity
        with pytest.raises(ErasedRecord):
            person.contact = dataclasses.replace(Person.contact.kind())
        event = ReferralEvent(referral_id=referral_id, person_id=person_id, kind="note")
        with pytest.raises(ErasedRecord):
            event.words = EventWords("written afterwards")
        session.expunge_all()


def test_an_emptied_blob_without_an_erasure_is_damage(stage):
    referral_id = stage.taken_on()
    person_id = person_of(stage, referral_id)
    with psycopg.connect(stage.database.url("postgres")) as intruder:
        intruder.execute("update person set identity_sealed = '' where id = %s", [person_id])
    with transaction(stage.gp):
        with pytest.raises(DamagedRecord) as refused:
            _ = session.get_one(Person, person_id).identity
        assert not isinstance(refused.value, ErasedRecord)
        assert not keys.is_gone(person_id)


def test_one_officer_alone_erases_nothing(stage):
    person_id = person_of(stage, ended(stage))
    erasure_id = proposed(stage, person_id)
    with pytest.raises(Denied, match="somebody else"):
        approved(stage, erasure_id, stage.first)
    rules = (stage.rules.adult_years, stage.rules.child_age, stage.rules.declined_years)
    straight = sa.func.trellis.erase(erasure_id, *rules, sa.func.current_date(), 1)
    for who in (stage.first, stage.lead, stage.worker, stage.gp, stage.administrator):
        with transaction(who), pytest.raises(sa.exc.ProgrammingError, match=r"reach|officer"):
            session.execute(sa.select(straight))
        own_making = sa.text("update erasure set status = 'done', decided_by = :me where id = :id")
    forged = {"me": stage.second.user_id, "id": erasure_id}
    denied = pytest.raises(sa.exc.ProgrammingError, match=r"row-level|permission")
    with transaction(stage.second), denied:
        session.execute(own_making, forged)
    with transaction(stage.first), pytest.raises(Conflict, match="proposed already"):
        actions.propose(stage.first, kept(stage, stage.first, person_id))
    with transaction(stage.gp):
        assert session.get_one(Person, person_id).identity.full_name
    with transaction(stage.first):
        actions.withdraw(stage.first, erasures.get(stage.first, erasure_id))
    again = proposed(stage, person_id, stage.second)
    approved(stage, again, stage.first)


def test_the_other_officer_hears_of_a_proposal_and_the_proposer_what_became_of_it(stage):
    def heard(who):
        asked = "select args->>'notice' from procrastinate_jobs where args->>'reference' = %s"
        found = superuser(stage, f"{asked} order by id", str(who.user_id))
        return [notice for (notice,) in found if reference in notice]

    referral_id = ended(stage)
    person_id = person_of(stage, referral_id)
    reference = superuser(stage, "select reference from referral where id = %s", referral_id)[0][0]
    erasure_id = proposed(stage, person_id)
    assert heard(stage.second) == [f"{Notice.ERASURE_WAITING} (reference {reference})"]
    assert heard(stage.first) == []
    with transaction(stage.second):
        actions.withdraw(stage.second, erasures.get(stage.second, erasure_id))
    approved(stage, proposed(stage, person_id))
    assert heard(stage.first) == [
        f"{Notice.ERASURE_WITHDRAWN} (reference {reference})",
        f"{Notice.ERASURE_DONE} (reference {reference})",
    ]


def test_both_officers_prove_again_who_they_are(stage, signed_in):
    person_id = person_of(stage, ended(stage))
    stale = replace(stage.first, proved_at=clock.now() - timedelta(minutes=6))
    with transaction(stale), pytest.raises(ProofNeeded):
        actions.propose(stale, kept(stage, stale, person_id))
    erasure_id = proposed(stage, person_id)
    weak = replace(stage.second, proved_at=None)
    with pytest.raises(ProofNeeded):
        approved(stage, erasure_id, weak)
    asked = signed_in(weak).get(f"/retention/erasures/{erasure_id}/approval")
    assert asked.status_code == 401
    assert "Erase this record" not in asked.text


def test_under_a_legal_hold_nothing_is_erased_until_it_is_lifted(stage):
    person_id = person_of(stage, ended(stage))
    with transaction(stage.second):
        hold = holding.place(
            stage.second, kept(stage, stage.second, person_id), HoldReason.COURT, "HC-2026-7"
        )
    with transaction(stage.first), pytest.raises(Conflict, match="legal hold"):
        actions.propose(stage.first, kept(stage, stage.first, person_id))
    with transaction(stage.first), pytest.raises(Denied):
        holding.lift(stage.first, holds.of_person(stage.first, person_id)[0], "not ours to lift")
    with transaction(stage.second):
        holding.lift(stage.second, holds.get(stage.second, hold.id), "The case has ended")
    erasure_id = proposed(stage, person_id)
    with transaction(stage.first):
        holding.place(stage.first, kept(stage, stage.first, person_id), HoldReason.OTHER, "")
    with pytest.raises(Conflict, match="legal hold"):
        approved(stage, erasure_id)
    rules = (stage.rules.adult_years, stage.rules.child_age, stage.rules.declined_years)
    with transaction(stage.second), pytest.raises(sa.exc.ProgrammingError, match="legal hold"):
        session.execute(
            sa.select(sa.func.trellis.erase(erasure_id, *rules, sa.func.current_date(), 1))
        )


def test_a_record_used_again_after_the_proposal_stays(stage):
    referral_id = ended(stage)
    person_id = person_of(stage, referral_id)
    erasure_id = proposed(stage, person_id)
    with psycopg.connect(stage.database.url("postgres")) as superuser_now:
        superuser_now.execute(
            "insert into referral_event (id, created_at, referral_id, person_id, user_id,"
            " agency_id, kind, status) values (%s, now(), %s, %s, %s, %s, 'note', 'completed')",
            [uuid.uuid4(), referral_id, person_id, stage.worker.user_id, stage.team],
        )
    with pytest.raises(Conflict, match="kept longer"):
        approved(stage, erasure_id)
    rules = (stage.rules.adult_years, stage.rules.child_age, stage.rules.declined_years)
    with transaction(stage.second), pytest.raises(sa.exc.ProgrammingError, match="kept longer"):
        session.execute(
            sa.select(sa.func.trellis.erase(erasure_id, *rules, sa.func.current_date(), 1))
        )


def test_foreign_and_absent_look_the_same_to_an_officer(stage, signed_in):
    person_id = person_of(stage, ended(stage))
    erasure_id = proposed(stage, person_id)
    other = stage.somebody(Role.PRIVACY_OFFICER, of=stage.other_practice)
    with transaction(other):
        for read in (kept, erasures.get):
            arguments = (stage, other, person_id) if read is kept else (other, erasure_id)
            with pytest.raises(NotFound):
                read(*arguments)
        assert kept_until.due(other, stage.rules).people == []
        assert erasures.waiting(other).rows == []
    client = signed_in(other)
    absent = client.get(f"/retention/people/{uuid.uuid4()}")
    foreign = client.get(f"/retention/people/{person_id}")
    assert (foreign.status_code, foreign.data) == (404, absent.data)


def test_the_whole_way_through_the_pages(stage, signed_in):
    referral_id = ended(stage, family_name="Paperchase")
    person_id = person_of(stage, referral_id)
    reference = superuser(stage, "select reference from referral where id = %s", referral_id)[0][0]
    first, second = signed_in(stage.first), signed_in(stage.second)
    found = page_of(first, "/retention/find")
    shown = sent(first, "/retention/find", found, reference=reference.lower().replace("-", " "))
    assert reference in shown
    assert "Paperchase" not in shown
    assert "no record" in sent(first, "/retention/find", found, reference="2222-2222")
    record = f"/retention/people/{person_id}"
    hold = page_of(first, f"{record}/hold")
    assert "Select why" in sent(first, f"{record}/hold", hold)
    held = sent(first, f"{record}/hold", hold, reason="court", case_number="HC-1")
    assert "It cannot be erased while it is held" in held
    assert "HC-1" in page_of(first, "/retention/?show=held")
    assert first.get(f"{record}/erasure").status_code == 409
    lift = held.split('href="/retention/holds/')[1].split('"')[0]
    where = f"/retention/holds/{lift}"
    assert "The hold is lifted" in sent(first, where, page_of(first, where), because="It ended")
    form = page_of(first, f"{record}/erasure")
    assert "Tick the box" in sent(first, f"{record}/erasure", form)
    waiting = sent(first, f"{record}/erasure", form, sure="y")
    assert "another privacy officer has to agree" in waiting
    assert first.get(f"{record}").status_code == 200
    listed = page_of(second, "/retention/?show=waiting")
    erasure = listed[: listed.index(f">{reference}<")].rsplit('href="', 1)[1].rstrip('"')
    assert first.get(f"{erasure}/approval").status_code == 403
    last = page_of(second, f"{erasure}/approval")
    assert "Tick the box" in sent(second, f"{erasure}/approval", last)
    receipt = sent(second, f"{erasure}/approval", last, sure="y")
    assert "Receipt of an erasure" in receipt
    assert "they cannot be read either" in receipt
    assert reference in page_of(second, "/retention/?show=erased")
    assert "See the receipt" in page_of(first, record)
    assert second.post(f"{erasure}/approval", data={}).status_code == 303
