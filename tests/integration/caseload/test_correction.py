"""An encounter is put right: what was written stays, and only what stands counts."""

from datetime import timedelta

import psycopg
import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import ProgrammingError

from app.core import clock
from app.core.db import session, transaction
from app.core.errors import Conflict, Denied
from app.identity.actor import Role
from referrals.caseload.actions import correction
from referrals.caseload.actions.encounter import EncounterDraft
from referrals.caseload.models.encounter import Encounter, Kind, Outcome
from referrals.caseload.queries import lines
from tests.typing_in import fill_in, hidden

TODAY = clock.today()
LAST_WEEK = TODAY - timedelta(days=7)
SPOKEN = Kind.TELEPHONE, Outcome.SPOKE
ATTEMPT = EncounterDraft(LAST_WEEK, Kind.TELEPHONE, Outcome.NO_ANSWER, note="Rang twice")


def only(world, referral_id):
    """The encounter that stands; call it inside a transaction."""
    which = (Encounter.referral_id == referral_id) & Encounter.stands
    return session.scalars(select(Encounter).where(which)).one()


def put_right(world, referral_id, draft=ATTEMPT, actor=None):
    actor = actor or world.worker
    with transaction(actor):
        referral = world.get(actor, referral_id)
        correction.correct(actor, referral, only(world, referral_id), draft)


def typed(name, day):
    return {f"{name}-day": day.day, f"{name}-month": day.month, f"{name}-year": day.year}


def test_the_form_is_filled_in_as_it_was_and_both_versions_stay(world, met, signed_in):
    referral_id = met()
    client = signed_in(world.worker)
    with transaction(world.worker):
        wrong = only(world, referral_id).id
    address = f"/caseload/{referral_id}/encounters/{wrong}"
    form = client.get(address).text
    assert "Correct an encounter" in form
    assert 'value="telephone" checked' in form
    answers = {"kind": "video", "outcome": "spoke with the person", "note": "Said hello to Ivy"}
    assert fill_in(client, address, answers | typed("held_on", LAST_WEEK)).status_code == 303
    page = client.get(f"/caseload/{referral_id}").text
    assert "Said hello to Ivy" in page
    before = page.partition("Before it was corrected")[2]
    assert "Telephone, spoke with the person" in before
    with transaction(world.worker):
        now = only(world, referral_id)
        assert (now.corrects_id, now.kind, now.held_on) == (wrong, Kind.VIDEO, LAST_WEEK)


def test_what_was_agreed_may_be_past_by_now(world, met, signed_in):
    referral_id = met()
    agreed = LAST_WEEK + timedelta(days=2)
    put_right(world, referral_id, EncounterDraft(LAST_WEEK, *SPOKEN, follow_up_on=agreed))
    client = signed_in(world.worker)
    with transaction(world.worker):
        address = f"/caseload/{referral_id}/encounters/{only(world, referral_id).id}"
    told = {"kind": "telephone", "outcome": "spoke with the person"}
    told |= typed("held_on", LAST_WEEK) | typed("follow_up_on", agreed)
    assert fill_in(client, address, told).status_code == 303
    early = fill_in(client, address, told | typed("follow_up_on", LAST_WEEK))
    assert early.status_code == 422
    assert "must come after" in early.text


def test_what_counts_is_what_stands(world, met, now):
    referral_id = met()
    put_right(world, referral_id)
    with transaction(world.worker):
        contact = lines.last_contacts([referral_id])[referral_id]
    assert (contact.tried, contact.reached) == (LAST_WEEK, None)
    assert now(referral_id).next_step == "review"


def test_a_correction_can_be_corrected(world, met):
    referral_id = met()
    put_right(world, referral_id)
    put_right(world, referral_id, EncounterDraft(TODAY, Kind.VIDEO, Outcome.SPOKE))
    with transaction(world.worker):
        assert only(world, referral_id).kind == Kind.VIDEO


def test_taken_back_it_counts_no_more_and_the_first_contact_is_due_again(
    world, met, signed_in, now
):
    referral_id = met()
    client = signed_in(world.worker)
    with transaction(world.worker):
        wrong = only(world, referral_id).id
    address = f"/caseload/{referral_id}/encounters/{wrong}/mistake"
    assert fill_in(client, address, {"why": ""}).status_code == 422
    assert fill_in(client, address, {"why": "It was with somebody else"}).status_code == 303
    page = client.get(f"/caseload/{referral_id}").text
    assert "Entered by mistake" in page
    assert "It was with somebody else" in page
    assert now(referral_id).next_step == "first contact"


def test_two_who_correct_at_once_do_not_both(world, met, signed_in):
    referral_id = met()
    client = signed_in(world.worker)
    with transaction(world.worker):
        wrong = only(world, referral_id).id
    address = f"/caseload/{referral_id}/encounters/{wrong}"
    opened = hidden(client.get(address).text)
    put_right(world, referral_id)
    answers = {"kind": "video", "outcome": "spoke with the person", "note": "Typed for nothing"}
    late = client.post(address, data=opened | answers | typed("held_on", TODAY))
    assert late.status_code == 409
    assert "Typed for nothing" in late.text
    with transaction(world.worker):
        referral, struck = world.get(world.worker, referral_id), session.get_one(Encounter, wrong)
        with pytest.raises(Conflict):
            correction.correct(world.worker, referral, struck, ATTEMPT)


def test_only_who_works_on_it_corrects(world, met):
    referral_id = met()
    colleague = world.somebody(Role.LINK_WORKER, of=world.team)
    with pytest.raises(Denied):
        put_right(world, referral_id, actor=colleague)
    put_right(world, referral_id, actor=world.lead)


def test_what_was_written_cannot_be_written_over(world, met):
    referral_id = met()
    changed = update(Encounter).values(outcome="did not attend")
    with pytest.raises(ProgrammingError, match="permission denied"), transaction(world.worker):
        session.execute(changed.where(Encounter.referral_id == referral_id))


def test_the_audit_trail_names_the_row_that_was_struck(world, met, database):
    referral_id = met()
    with transaction(world.worker):
        wrong = only(world, referral_id).id
    put_right(world, referral_id)
    with psycopg.connect(database.url("postgres")) as superuser:
        found = superuser.execute(
            "select action from audit_event where subject_id = %s order by id", [wrong]
        ).fetchall()
    assert [row[0] for row in found] == ["encounter.recorded", "encounter.struck"]
