"""The caseload: in which order, whose, how many, at what cost."""

import re
from datetime import timedelta

import pytest

from app.core import clock
from app.core.db import transaction
from app.identity.actor import Role
from referrals.caseload.actions import plan
from referrals.caseload.models.plan import Who
from referrals.record.queries import referral as referrals
from tests.counting import statements
from tests.integration.triage.test_queue import overdue, spoil
from tests.pages import assert_valid


def listed(text):
    return re.findall(r'<a href="/caseload/[0-9a-f-]{36}">([^<]+)</a>', text)


def waits(world, referral_id, due):
    """Somebody else has an action to do by a day."""
    with transaction(world.worker):
        referral = world.get(world.worker, referral_id)
        need = referrals.needs(referral)[0]
        goal = plan.add_goal(world.worker, referral, need, "Company", 8)
        draft = plan.ActionDraft("Ring", Who.SOMEBODY_ELSE, due)
        plan.add_action(world.worker, referral, goal, draft)


@pytest.fixture
def full(world, owner, taken_on, met):
    """One of each kind, made in the wrong order."""
    waits(world, met(given_name="Wim"), clock.today() + timedelta(days=2))
    taken_on(given_name="Dua")
    overdue(owner, taken_on(given_name="Ova"), 1)
    overdue(owner, taken_on(given_name="Ola"), 5)


def test_overdue_first_then_due_then_waiting_on_others(world, full, signed_in):
    page = signed_in(world.worker).get("/caseload/")
    assert_valid(page.text)
    assert listed(page.text) == ["Ola", "Ova", "Dua", "Wim"]
    assert re.findall(r"<h2[^>]*>([^<]+)", page.text)[:3] == ["Overdue", "Due", "Waiting on others"]
    for words in ("5 days overdue", "First contact", "Check what was agreed", "Last spoke today"):
        assert words in page.text


@pytest.mark.parametrize(
    ("show", "names"), [("overdue", ["Ola", "Ova"]), ("due", ["Dua"]), ("waiting", ["Wim"])]
)
def test_filtered(world, full, signed_in, show, names):
    client = signed_in(world.worker)
    assert listed(client.get(f"/caseload/?show={show}").text) == names
    counts = re.findall(r'trellis-tabs__count">(\d+)<', client.get("/caseload/").text)
    assert counts == ["4", "2", "1", "1"]


def test_what_others_do_not_do_in_time_becomes_overdue(world, met, signed_in):
    waits(world, met(given_name="Wim"), clock.today() - timedelta(days=1))
    assert listed(signed_in(world.worker).get("/caseload/?show=overdue").text) == ["Wim"]


def test_fifty_are_on_a_page_and_none_is_missed(world, owner, taken_on, signed_in):
    ids = [taken_on(given_name="Pat") for _ in range(53)]
    for number, one in enumerate(ids[:30]):
        overdue(owner, one, number % 3)
    client = signed_in(world.worker)
    first = client.get("/caseload/").text
    following = re.search(r'href="([^"]*after=[^"]*)"', first)[1].replace("&amp;", "&")
    second = client.get(following).text
    seen = re.findall(r'<a href="/caseload/([0-9a-f-]{36})">', first + second)
    assert sorted(seen) == sorted(map(str, ids))
    assert seen[:50] == re.findall(r'<a href="/caseload/([0-9a-f-]{36})">', first)


def test_the_number_of_statements_does_not_grow_with_the_rows(world, taken_on, signed_in):
    client, counted = signed_in(world.worker), []
    for more in (5, 40):
        for _ in range(more):
            taken_on()
        with statements() as seen:
            assert client.get("/caseload/").status_code == 200
        counted.append(len(seen))
    # The session, its context; ours: rows, people, keys, last contacts, counts, audit.
    assert counted[0] == counted[1] <= 12, "\n\n".join(seen)


def test_a_damaged_record_says_so_and_the_others_stand(world, owner, taken_on, signed_in):
    taken_on(given_name="Ada")
    broken = taken_on(given_name="Bo")
    spoil(owner, broken)
    client = signed_in(world.worker)
    page = client.get("/caseload/").text
    assert "Ada" in page
    assert "This record cannot be opened (reference " in page
    assert f"/caseload/{broken}" in page
    opened = client.get(f"/caseload/{broken}")
    assert opened.status_code == 200
    assert "This record cannot be opened" in opened.text
    assert "Lost her husband" in opened.text
    owner.execute("set role trellis_policy")
    noted = owner.execute(
        "select count(*) from audit_event where action = 'integrity_failure' and person_id ="
        " (select person_id from referral where id = %s)",
        [broken],
    ).fetchone()
    owner.execute("reset role")
    assert noted[0] >= 2


def test_a_lead_sees_a_colleagues_and_the_teams(world, taken_on, signed_in):
    tess = world.somebody(Role.LINK_WORKER, of=world.team, name="Tess Moor")
    taken_on(given_name="Ada")
    taken_on(by=tess, given_name="Bo")
    client = signed_in(world.lead)
    everybody = client.get("/caseload/").text
    assert set(listed(everybody)) == {"Ada", "Bo"}
    assert "With Tess Moor" in everybody
    page = client.get(f"/caseload/?whose={tess.user_id}").text
    assert listed(page) == ["Bo"]
    assert "Tess Moor’s caseload" in page


def test_a_link_worker_sees_only_their_own_list(world, taken_on, signed_in):
    tess = world.somebody(Role.LINK_WORKER, of=world.team)
    taken_on(given_name="Ada")
    client = signed_in(tess)
    assert listed(client.get("/caseload/").text) == []
    assert client.get("/caseload/?whose=team").status_code == 403
    assert client.get(f"/caseload/?whose={world.worker.user_id}").status_code == 403
    assert client.get(f"/caseload/?whose={tess.user_id}").status_code == 200


@pytest.mark.parametrize("who", ["gp", "coordinator", "commissioner", "administrator"])
def test_others_have_no_caseload(world, signed_in, who):
    client = signed_in(getattr(world, who))
    for path in ("/caseload/", "/caseload/?whose=team", "/caseload/find"):
        assert client.get(path).status_code == 403


def test_a_lead_of_another_team_sees_an_empty_list(world, taken_on, signed_in):
    taken_on(given_name="Ada")
    client = signed_in(world.other_lead)
    assert "Ada" not in client.get("/caseload/").text
    assert "Ada" not in client.get(f"/caseload/?whose={world.worker.user_id}").text


def test_what_has_ended_or_waits_for_an_answer_is_not_on_it(world, signed_in):
    world.referred(given_name="Ada")
    assert "Ada" not in signed_in(world.lead).get("/caseload/?whose=team").text


@pytest.mark.parametrize("query", ["after=x", "after=1.2026-11-22.y", "after=9.9.9"])
def test_a_made_up_place_is_refused_kindly(world, signed_in, query):
    assert signed_in(world.worker).get(f"/caseload/?{query}").status_code == 422


def test_made_up_filters_show_everything(world, taken_on, signed_in):
    taken_on(given_name="Ada")
    assert listed(signed_in(world.worker).get("/caseload/?show=x").text) == ["Ada"]
    assert listed(signed_in(world.lead).get("/caseload/?whose=x").text) == ["Ada"]
