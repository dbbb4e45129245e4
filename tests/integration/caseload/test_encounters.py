"""Encounters, and what they want done next."""

from datetime import timedelta

import pytest

from app.core import clock
from app.core.db import session, transaction
from app.core.errors import Denied, Invalid
from app.identity.actor import Role
from referrals.caseload.actions.encounter import EncounterDraft, record
from referrals.caseload.models.encounter import Encounter, Kind, Outcome
from tests.typing_in import fill_in, hidden

TODAY = clock.today()
YESTERDAY, NEXT_WEEK = TODAY - timedelta(days=1), TODAY + timedelta(days=7)


def meet(world, referral_id, actor=None, **said):
    actor = actor or world.worker
    draft = {"held_on": TODAY, "kind": Kind.TELEPHONE, "outcome": Outcome.SPOKE} | said
    with transaction(actor):
        record(actor, world.get(actor, referral_id), EncounterDraft(**draft))


def typed(name, day):
    return {f"{name}-day": day.day, f"{name}-month": day.month, f"{name}-year": day.year}


SPOKE = {"kind": "face to face", "place": "surgery", "outcome": "spoke with the person"}
SPOKE |= typed("held_on", TODAY)


def test_everything_said_is_on_the_page(world, taken_on, signed_in, now):
    referral_id = taken_on()
    client = signed_in(world.worker)
    answers = SPOKE | typed("follow_up_on", NEXT_WEEK)
    answers |= {"place": "home", "present": ["carer", "interpreter"], "minutes": "45"}
    answers |= {"note": "Talked of <gardens> & 'sisters'."}
    assert fill_in(client, f"/caseload/{referral_id}/encounters/new", answers).status_code == 303
    page = client.get(f"/caseload/{referral_id}").text
    for words in ("45 minutes", "carer and interpreter", "&lt;gardens&gt; &amp;", "Home"):
        assert words in page
    referral = now(referral_id)
    assert (referral.status, referral.next_step) == ("in-progress", "follow up")
    assert referral.next_due_on == NEXT_WEEK


@pytest.mark.parametrize("outcome", [one for one in Outcome if one is not Outcome.SPOKE])
def test_an_attempt_is_no_contact(world, taken_on, now, outcome):
    referral_id = taken_on()
    meet(world, referral_id, outcome=outcome)
    referral = now(referral_id)
    assert (referral.status, referral.next_step) == ("accepted", "first contact")


def test_after_an_attempt_the_day_of_the_next_comes_first(world, taken_on, now):
    referral_id = taken_on()
    tomorrow = TODAY + timedelta(days=1)
    meet(world, referral_id, outcome=Outcome.NO_ANSWER, follow_up_on=tomorrow)
    assert (now(referral_id).next_step, now(referral_id).next_due_on) == ("follow up", tomorrow)


def test_a_later_encounter_settles_the_follow_up(world, taken_on, now):
    referral_id = taken_on()
    before = TODAY - timedelta(days=3)
    meet(world, referral_id, held_on=before, follow_up_on=YESTERDAY)
    assert now(referral_id).next_due_on == YESTERDAY
    meet(world, referral_id, held_on=TODAY)
    assert now(referral_id).next_step == "make a plan"


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"kind": ""}, "Select how you were in contact"),
        ({"place": ""}, "Choose where you met"),
        ({"place": "the moon"}, "Select one of the answers shown"),
        ({"outcome": "x"}, "Select one of the answers shown"),
        (typed("held_on", NEXT_WEEK), "must be today or in the past"),
        (typed("follow_up_on", TODAY), "must come after this encounter"),
        ({"minutes": "601"}, "must be a whole number from 0 to 600"),
        ({"minutes": "half an hour"}, "must be a whole number"),
        ({"present": ["the king"]}, "Select one of the answers shown"),
        ({"note": "x" * 4001}, "Shorten this to 4,000 characters"),
    ],
)
def test_mistakes_are_said_and_nothing_typed_is_lost(world, taken_on, signed_in, answers, words):
    referral_id = taken_on()
    client = signed_in(world.worker)
    sent = SPOKE | {"note": "Kept words"} | answers
    asked = fill_in(client, f"/caseload/{referral_id}/encounters/new", sent)
    assert asked.status_code == 422
    assert words in asked.text
    assert sent["note"] in asked.text
    with transaction(world.worker):
        assert not session.query(Encounter).filter_by(referral_id=referral_id).count()


def test_sent_twice_it_is_recorded_once(world, taken_on, signed_in):
    referral_id = taken_on()
    client = signed_in(world.worker)
    path = f"/caseload/{referral_id}/encounters/new"
    fields = hidden(client.get(path).text) | SPOKE
    assert [client.post(path, data=fields).status_code for _ in range(3)] == [303] * 3
    with transaction(world.worker):
        assert session.query(Encounter).filter_by(referral_id=referral_id).count() == 1
    assert client.post(path, data=fields | {"minutes": "9"}).status_code == 422


def test_the_holder_and_the_lead_record_and_nobody_else(world, taken_on, signed_in):
    referral_id = taken_on()
    meet(world, referral_id, actor=world.lead)
    path = f"/caseload/{referral_id}/encounters/new"
    colleague = world.somebody(Role.LINK_WORKER, of=world.team)
    with pytest.raises(Denied):
        meet(world, referral_id, actor=colleague)
    for actor, code in (
        (colleague, 403),
        (world.gp, 403),
        (world.other_lead, 404),
        (world.coordinator, 404),
        (world.commissioner, 404),
        (world.administrator, 404),
    ):
        client = signed_in(actor)
        assert client.get(path).status_code == code
        assert client.post(path, data=SPOKE).status_code == code


def test_not_before_it_was_taken_on(world):
    referral_id = world.referred()
    with pytest.raises(Denied):
        meet(world, referral_id, actor=world.lead)


def test_the_action_itself_keeps_days_in_order(world, taken_on):
    referral_id = taken_on()
    with pytest.raises(Invalid):
        meet(world, referral_id, held_on=NEXT_WEEK)
    with pytest.raises(Invalid):
        meet(world, referral_id, follow_up_on=TODAY)
