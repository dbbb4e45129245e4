"""Needs, goals and actions: kept by those who work on the referral."""

from datetime import timedelta

import pytest

from app.core import clock
from app.core.db import transaction
from app.core.errors import Conflict, Denied
from app.identity.actor import Role
from referrals.caseload.actions import plan
from referrals.caseload.models.plan import ActionStatus, Who
from referrals.caseload.queries import work
from referrals.record.models.need import NeedStatus
from referrals.record.queries import referral as referrals
from tests.pages import assert_valid
from tests.typing_in import fill_in, hidden
from tests.world import need_id


@pytest.fixture
def planned(world, met):
    """A referral with a goal and an action; ids of (referral, need, goal, action)."""
    referral_id = met()
    with transaction(world.worker):
        referral = world.get(world.worker, referral_id)
        need = referrals.needs(referral)[0]
        goal = plan.add_goal(world.worker, referral, need, "Company on Tuesdays", 8)
        draft = plan.ActionDraft("Ring the hall", Who.PERSON, None, 6)
        action = plan.add_action(world.worker, referral, goal, draft)
        return referral_id, need.id, goal.id, action.id


def paths(planned):
    referral_id, need, goal, action = planned
    start = f"/caseload/{referral_id}"
    return [
        f"{start}/needs/new",
        f"{start}/needs/{need}",
        f"{start}/needs/{need}/goals/new",
        f"{start}/goals/{goal}",
        f"{start}/goals/{goal}/actions/new",
        f"{start}/actions/{action}",
        f"{start}/about-me",
        f"{start}/person",
        f"{start}/access-needs",
        f"{start}/risks/new",
    ]


def test_a_need_a_goal_and_an_action_through_the_pages(world, met, signed_in, now):
    referral_id = met()
    client = signed_in(world.worker)
    with transaction(world.worker):
        term = str(need_id("money.energy"))
    start = f"/caseload/{referral_id}"
    answers = {"term": term, "words": "The meter eats everything"}
    assert fill_in(client, f"{start}/needs/new", answers).status_code == 303
    with transaction(world.worker):
        need = referrals.needs(world.get(world.worker, referral_id))[-1]
    answers = {"words": "A warm front room", "importance": "10"}
    assert fill_in(client, f"{start}/needs/{need.id}/goals/new", answers).status_code == 303
    with transaction(world.worker):
        goal = work.of(world.get(world.worker, referral_id)).goals[0].row
    due = clock.today() + timedelta(days=3)
    answers = {"words": "Ring the advice line", "who": "the community referrer", "confidence": "7"}
    answers |= {"due_on-day": due.day, "due_on-month": due.month, "due_on-year": due.year}
    assert fill_in(client, f"{start}/goals/{goal.id}/actions/new", answers).status_code == 303
    page = client.get(start).text
    for words in ("The meter eats everything", "A warm front room", "Importance 10 of 10"):
        assert words in page
    for words in ("Ring the advice line", "confidence 7 of 10", "Do what was agreed"):
        assert words in page
    assert (now(referral_id).next_step, now(referral_id).next_due_on) == ("do an action", due)


def test_a_done_action_wants_nothing_more(world, planned, signed_in, now):
    referral_id, _need, _goal, action = planned
    client = signed_in(world.worker)
    path = f"/caseload/{referral_id}/actions/{action}"
    answers = {"words": "Ring the hall", "who": "the person", "status": "done"}
    assert fill_in(client, path, answers).status_code == 303
    assert now(referral_id).next_step == "review"
    assert "Action done" in client.get(f"/caseload/{referral_id}").text


@pytest.mark.parametrize(
    ("which", "answers", "words"),
    [
        (0, {}, "Choose the kind of need"),
        (0, {"term": "x"}, "Select one of the answers shown"),
        (2, {"importance": "8"}, "Enter what they want"),
        (2, {"words": "x", "importance": "0"}, "must be a whole number from 1 to 10"),
        (2, {"words": "x", "importance": "11"}, "must be a whole number from 1 to 10"),
        (4, {"words": "x"}, "Select who will do it"),
        (4, {"words": "x", "who": "the person", "confidence": "11"}, "from 1 to 10"),
        (5, {"words": "", "who": "the person"}, "Enter what will happen"),
    ],
)
def test_mistakes_are_said(world, planned, signed_in, which, answers, words):
    asked = fill_in(signed_in(world.worker), paths(planned)[which], answers)
    assert asked.status_code == 422
    assert words in asked.text


def test_only_the_holder_and_the_lead_keep_it(world, planned, signed_in):
    colleague = world.somebody(Role.LINK_WORKER, of=world.team)
    for actor, code in (
        (world.worker, 200),
        (world.lead, 200),
        (colleague, 403),
        (world.gp, 403),
        (world.other_lead, 404),
        (world.coordinator, 404),
        (world.commissioner, 404),
        (world.administrator, 404),
    ):
        client = signed_in(actor)
        for path in paths(planned):
            assert client.get(path).status_code == code, (actor.roles, path)
            if code != 200:
                assert client.post(path, data={"words": "x"}).status_code == code


def test_the_actions_themselves_refuse_a_colleague(world, planned):
    colleague = world.somebody(Role.LINK_WORKER, of=world.team)

    def attempt(act):
        with transaction(colleague):
            referral = world.get(colleague, planned[0])
            act(referral, work.goal(referral, planned[2]))

    for act in (
        lambda r, g: plan.add_need(colleague, r, g.id),
        lambda r, g: plan.change_goal(colleague, r, g, "x", 1),
        lambda r, g: plan.add_action(colleague, r, g, plan.ActionDraft("x", Who.PERSON)),
    ):
        with pytest.raises(Denied):
            attempt(act)


def test_parts_of_another_referral_are_not_found(world, planned, met, signed_in):
    other = met()
    client = signed_in(world.worker)
    for path in paths(planned)[1:6]:
        foreign = path.replace(str(planned[0]), str(other))
        assert client.get(foreign).status_code == 404


def test_an_old_page_changes_nothing(world, planned, signed_in):
    client = signed_in(world.worker)
    for path, answers in (
        (paths(planned)[3], {"words": "Mine", "importance": "1"}),
        (paths(planned)[5], {"words": "Mine", "who": "the person", "status": "to do"}),
        (paths(planned)[6], {"what_matters": "Mine"}),
        (paths(planned)[7], {"preferred_name": "Mine"}),
        (paths(planned)[8], {"mobility": "Mine"}),
    ):
        old = hidden(client.get(path).text)
        other = {name: f"{text} too" if text == "Mine" else text for name, text in answers.items()}
        assert fill_in(client, path, other).status_code == 303
        late = client.post(path, data=old | answers | {"words": "Mine, in a few words"})
        assert late.status_code == 409
        assert "by Priya Shah" in late.text
        assert "Mine, in a few words" in late.text
        assert_valid(late.text)
    page = client.get(f"/caseload/{planned[0]}").text
    assert page.count("Mine too") >= 5


def test_nothing_is_planned_under_a_need_that_ended(world, planned):
    def attempt():
        with transaction(world.worker):
            referral = world.get(world.worker, planned[0])
            need = work.need(referral, planned[1])
            need.end(NeedStatus.MET)
            plan.add_goal(world.worker, referral, need, "x", 1)

    with pytest.raises(Conflict):
        attempt()


def test_what_others_do_is_waited_for_and_ours_comes_first_on_the_same_day(world, planned, now):
    due = clock.today() + timedelta(days=2)
    with transaction(world.worker):
        referral = world.get(world.worker, planned[0])
        action = work.action(referral, planned[3])
        draft = plan.ActionDraft("Ring the hall", Who.PERSON, due)
        plan.change_action(world.worker, referral, action, draft, ActionStatus.TO_DO)
    waiting = now(planned[0])
    assert (waiting.next_step, waiting.waiting_on_others) == ("check an action", True)
    with transaction(world.worker):
        referral = world.get(world.worker, planned[0])
        goal = work.goal(referral, planned[2])
        plan.add_action(world.worker, referral, goal, plan.ActionDraft("Ask", Who.LINK_WORKER, due))
    assert now(planned[0]).next_step == "do an action"
