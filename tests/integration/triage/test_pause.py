"""On hold until a date, and up again."""

from datetime import timedelta

import pytest

from app.core import clock
from app.core.db import transaction
from app.core.errors import Conflict, Denied, Invalid
from app.identity.actor import Role
from referrals.caseload.actions.encounter import EncounterDraft, record
from referrals.caseload.models.encounter import Kind, Outcome
from referrals.record.models.status import Reason
from referrals.triage.actions import answer, pause
from tests.typing_in import fill_in, hidden

SOON = clock.today() + timedelta(days=20)


def hold(world, actor, referral_id, until=SOON):
    with transaction(actor):
        pause.hold(actor, world.get(actor, referral_id), until, Reason.FULL, "No place yet")


def resume(world, actor, referral_id):
    with transaction(actor):
        pause.resume(actor, world.get(actor, referral_id))


def test_a_lead_pauses_what_waits_and_resumes_it(world, signed_in, now):
    referral_id = world.referred()
    client = signed_in(world.lead)
    answers = {
        "reason": "full",
        "until-day": str(SOON.day),
        "until-month": str(SOON.month),
        "until-year": str(SOON.year),
    }
    assert fill_in(client, f"/triage/{referral_id}/hold", answers).status_code == 303
    paused = now(referral_id)
    assert (paused.status, paused.on_hold_until) == ("on-hold", SOON)
    assert (paused.next_step, paused.next_due_on) == ("review hold", SOON)
    page, action = f"/triage/{referral_id}", f"/triage/{referral_id}/resumption"
    assert client.post(action, data=hidden(client.get(page).text, action)).status_code == 303
    resumed = now(referral_id)
    assert (resumed.status, resumed.next_step) == ("requested", "triage")


def test_what_was_in_progress_is_in_progress_again(world, taken_on, now):
    referral_id = taken_on()
    with transaction(world.worker):
        referral = world.get(world.worker, referral_id)
        record(
            world.worker,
            referral,
            EncounterDraft(clock.today(), Kind.TELEPHONE, Outcome.SPOKE),
        )
    hold(world, world.worker, referral_id)
    assert now(referral_id).status == "on-hold"
    resume(world, world.worker, referral_id)
    assert (now(referral_id).status, now(referral_id).next_step) == ("in-progress", "make a plan")


def test_a_colleague_and_others_pause_nothing(world, taken_on, signed_in, now):
    referral_id = taken_on()
    colleague = world.somebody(Role.LINK_WORKER, of=world.team)
    with pytest.raises(Denied):
        hold(world, colleague, referral_id)
    for actor in (colleague, world.gp, world.other_lead, world.coordinator, world.commissioner):
        client = signed_in(actor)
        assert client.get(f"/triage/{referral_id}/hold").status_code in (403, 404)
        assert client.post(f"/triage/{referral_id}/resumption").status_code in (403, 404)
    assert now(referral_id).status == "accepted"


def test_it_needs_a_day_in_the_future(world, signed_in):
    referral_id = world.referred()
    with pytest.raises(Invalid):
        hold(world, world.lead, referral_id, until=clock.today())
    client = signed_in(world.lead)
    answers = {"reason": "full", "until-day": "1", "until-month": "1", "until-year": "2020"}
    asked = fill_in(client, f"/triage/{referral_id}/hold", answers)
    assert asked.status_code == 422
    assert "must be in the future" in asked.text


def test_twice_on_hold_or_up_is_a_conflict(world):
    referral_id = world.referred()
    with pytest.raises(Conflict):
        resume(world, world.lead, referral_id)
    hold(world, world.lead, referral_id)
    with pytest.raises(Conflict):
        hold(world, world.lead, referral_id)
    with pytest.raises(Conflict), transaction(world.lead):
        answer.accept(world.lead, world.get(world.lead, referral_id))


def test_a_resumption_from_an_old_page_is_refused(world, signed_in):
    referral_id = world.referred()
    hold(world, world.lead, referral_id)
    client = signed_in(world.lead)
    page, action = f"/triage/{referral_id}", f"/triage/{referral_id}/resumption"
    fields = hidden(client.get(page).text, action)
    resume(world, world.lead, referral_id)
    hold(world, world.lead, referral_id)
    assert client.post(action, data=fields).status_code == 409
