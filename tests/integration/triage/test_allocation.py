"""Who works with whom: one referral, or many at once."""

import re
from datetime import timedelta

import pytest

from app.core import clock
from app.core.db import transaction
from app.core.errors import Conflict, Denied
from app.identity.actor import Role
from referrals.record.models.status import Reason
from referrals.triage.actions import allocation, pause
from tests.integration.triage.test_queue import overdue, spoil
from tests.pages import assert_valid
from tests.typing_in import fill_in, hidden


def ticked(text):
    return re.findall(r'name="rows"[^>]*value="([^"]+)"', text)


def allocate(world, actor, referral_id, to):
    with transaction(actor):
        allocation.allocate(actor, world.get(actor, referral_id), to.user_id)


def test_each_one_is_shown_with_what_they_have_to_do(world, owner, taken_on, signed_in):
    world.somebody(Role.LINK_WORKER, of=world.team, name="Free Fiona")
    overdue(owner, taken_on(), 3)
    taken_on()
    page = signed_in(world.lead).get(f"/triage/{world.referred()}")
    text = re.sub(r"<[^>]+>|\s+", " ", page.text)
    assert re.search(r"Free Fiona\s+No open referrals", text)
    assert re.search(r"Priya Shah\s+2 open referrals, 1 overdue", text)
    assert page.text.index("Free Fiona") < page.text.index("Priya Shah")


def test_a_lead_moves_one(world, taken_on, signed_in, now):
    referral_id = taken_on()
    other = world.somebody(Role.LINK_WORKER, of=world.team, name="Tess Moor")
    client = signed_in(world.lead)
    path = f"/triage/{referral_id}/allocation"
    assert_valid(client.get(path).text)
    assert fill_in(client, path, {"who": str(other.user_id)}).status_code == 303
    assert now(referral_id).link_worker_id == other.user_id
    assert "To Tess Moor" in client.get(f"/triage/{referral_id}").text
    assert fill_in(client, path, {}).status_code in (303, 422)


def test_many_are_moved_once_however_often_they_are_sent(world, owner, taken_on, signed_in, now):
    ids = [taken_on() for _ in range(4)]
    other = world.somebody(Role.LINK_WORKER, of=world.team, name="Tess Moor")
    client = signed_in(world.lead)
    path = f"/triage/reallocation?holder={world.worker.user_id}"
    page = client.get(path)
    assert_valid(page.text)
    rows = [one for one in ticked(page.text) if not one.startswith(str(ids[0]))]
    fields = hidden(page.text) | {"rows": rows, "who": str(other.user_id)}
    answers = [client.post(path, data=fields) for _ in range(3)]
    assert {(one.status_code, one.location) for one in answers} == {(303, path)}
    assert "Moved 3 referrals" in client.get(path).text
    assert now(ids[0]).link_worker_id == world.worker.user_id
    assert {now(one).link_worker_id for one in ids[1:]} == {other.user_id}
    told = owner.execute(
        "select count(*) from procrastinate_jobs where args->>'reference' = %s",
        [str(other.user_id)],
    ).fetchone()
    assert told[0] == 1


def test_what_changed_meanwhile_is_left_where_it_is(world, taken_on, signed_in, now):
    changed, kept = taken_on(), taken_on()
    other = world.somebody(Role.LINK_WORKER, of=world.team)
    client = signed_in(world.lead)
    path = f"/triage/reallocation?holder={world.worker.user_id}"
    page = client.get(path)
    third = world.somebody(Role.LINK_WORKER, of=world.team)
    allocate(world, world.lead, changed, third)
    fields = hidden(page.text) | {"rows": ticked(page.text), "who": str(other.user_id)}
    assert client.post(path, data=fields).status_code == 303
    after = client.get(path).text
    assert "Moved 1 referral" in after
    assert "Somebody else changed 1 referral" in after
    assert now(changed).link_worker_id == third.user_id
    assert now(kept).link_worker_id == other.user_id


def test_rows_of_another_team_or_of_nobody_do_not_move(world, taken_on, signed_in, now):
    other_world_row = f"{taken_on()}.1"
    client = signed_in(world.other_lead)
    page = client.get("/triage/reallocation")
    assert page.status_code == 200
    lead = signed_in(world.lead)
    path = f"/triage/reallocation?holder={world.worker.user_id}"
    fields = hidden(lead.get(path).text)
    for rows in (["x"], ["1.2.3"], [other_world_row.split(".", maxsplit=1)[0]]):
        answer = lead.post(path, data=fields | {"rows": rows, "who": str(world.worker.user_id)})
        assert answer.status_code == 422


def test_a_damaged_one_can_still_be_moved(world, owner, taken_on, signed_in, now):
    referral_id = taken_on()
    spoil(owner, referral_id)
    other = world.somebody(Role.LINK_WORKER, of=world.team)
    client = signed_in(world.lead)
    path = f"/triage/reallocation?holder={world.worker.user_id}"
    page = client.get(path)
    assert "This record cannot be opened" in page.text
    fields = hidden(page.text) | {"rows": ticked(page.text), "who": str(other.user_id)}
    assert client.post(path, data=fields).status_code == 303
    assert now(referral_id).link_worker_id == other.user_id


def test_only_a_lead_moves_anything(world, taken_on, signed_in):
    referral_id = taken_on()
    with pytest.raises(Denied):
        allocate(world, world.worker, referral_id, world.worker)
    for actor in (world.worker, world.gp, world.coordinator, world.commissioner):
        client = signed_in(actor)
        assert client.get("/triage/reallocation").status_code == 403
        assert client.post("/triage/reallocation").status_code == 403
        assert client.post(f"/triage/{referral_id}/allocation").status_code in (403, 404)


def test_what_was_not_taken_on_is_not_allocated(world):
    referral_id = world.referred()
    with pytest.raises(Conflict):
        allocate(world, world.lead, referral_id, world.worker)


def test_on_the_same_caseload_nothing_changes(world, taken_on, now):
    referral_id = taken_on()
    before = now(referral_id).version
    allocate(world, world.lead, referral_id, world.worker)
    assert now(referral_id).version == before


def test_the_caseload_of_somebody_who_left_can_be_shared_out(
    world, owner, taken_on, signed_in, now
):
    tess = world.somebody(Role.LINK_WORKER, of=world.team, name="Tess Moor")
    referral_id = taken_on(by=tess)
    owner.execute("update membership set ended_at = now() where user_id = %s", [tess.user_id])
    world.worker  # noqa: B018 - made now, so that there is somebody to take it
    client = signed_in(world.lead)
    assert "Tess Moor (1 open referral)" in client.get("/triage/reallocation").text
    assert "Tess Moor" in client.get("/caseload/").text
    path = f"/triage/reallocation?holder={tess.user_id}"
    page = client.get(path)
    to_tess = hidden(page.text) | {"rows": ticked(page.text), "who": str(tess.user_id)}
    assert client.post(path, data=to_tess).status_code == 422
    fields = hidden(page.text) | {"rows": ticked(page.text), "who": str(world.worker.user_id)}
    assert client.post(path, data=fields).status_code == 303
    assert now(referral_id).link_worker_id == world.worker.user_id


def test_what_was_never_taken_on_is_neither_shared_out_nor_on_the_teams_list(world, signed_in):
    referral_id = world.referred(given_name="Ada", family_name="Paused")
    with transaction(world.lead):
        soon = clock.today() + timedelta(days=9)
        pause.hold(world.lead, world.get(world.lead, referral_id), soon, Reason.FULL, "")
    client = signed_in(world.lead)
    for page in ("/triage/reallocation", "/caseload/?whose=team"):
        assert "Ada" not in client.get(page).text
    assert "Ada" in client.get("/triage/?show=hold").text
