"""Take on, decline: by whom, in which state, once."""

import threading
import uuid
from collections import Counter

import pytest

from app.core.db import transaction
from app.core.errors import Conflict, Denied, Invalid
from app.identity.actor import Role
from referrals.record.models.status import Reason
from referrals.triage.actions import answer
from referrals.triage.forms import LATER
from tests.typing_in import fill_in, hidden


def accept(client, referral_id, who=LATER):
    page, action = f"/triage/{referral_id}", f"/triage/{referral_id}/acceptance"
    return fill_in(client, page, {"who": str(who)}, action=action)


def test_taken_on_to_be_allocated_later(world, signed_in, now):
    referral_id = world.referred()
    assert accept(signed_in(world.lead), referral_id).status_code == 303
    referral = now(referral_id)
    assert (referral.status, referral.link_worker_id) == ("accepted", None)
    assert referral.next_step == "allocate"


def test_taken_on_and_allocated_in_one_step(world, signed_in, now):
    referral_id = world.referred()
    assert accept(signed_in(world.lead), referral_id, world.worker.user_id).status_code == 303
    referral = now(referral_id)
    assert referral.link_worker_id == world.worker.user_id
    assert (referral.next_step, referral.next_due_on) == (
        "first contact",
        referral.first_contact_due,
    )


def test_the_referrer_and_the_link_worker_are_told(world, owner, taken_on):
    taken_on()
    rows = owner.execute(
        "select args->>'reference', args->>'notice' from procrastinate_jobs"
        " where args->>'reference' in (%s, %s)",
        [str(world.practice), str(world.worker.user_id)],
    ).fetchall()
    assert (str(world.practice), "There is news of a referral you sent") in rows
    assert (str(world.worker.user_id), "A referral has been allocated to you") in rows


def test_nobody_outside_the_team_is_given_a_referral(world, now):
    referral_id = world.referred()
    stranger = world.somebody(Role.LINK_WORKER, of=world.other_team)
    for user_id in (stranger.user_id, world.gp.user_id, world.lead.user_id, uuid.uuid4()):
        with pytest.raises(Invalid), transaction(world.lead):
            answer.accept(world.lead, world.get(world.lead, referral_id), user_id)
    assert now(referral_id).status == "requested"


def test_the_page_asks_again_when_nobody_was_chosen(world, signed_in):
    referral_id = world.referred()
    client = signed_in(world.lead)
    page, action = f"/triage/{referral_id}", f"/triage/{referral_id}/acceptance"
    asked = fill_in(client, page, {}, action=action)
    assert asked.status_code == 422
    assert "Select who will work with them" in asked.text
    asked = fill_in(client, page, {"who": str(uuid.uuid4())}, action=action)
    assert asked.status_code == 422


def test_declined_with_a_reason_and_words(world, signed_in, now):
    referral_id = world.referred()
    client = signed_in(world.lead)
    page = f"/triage/{referral_id}/decline"
    empty = fill_in(client, page, {})
    assert empty.status_code == 422
    assert "Select why you are declining it" in empty.text
    assert "Enter what the referrer should know" in empty.text
    answers = {"reason": "out of area", "words": "Please ask the Oak team."}
    assert fill_in(client, page, answers).status_code == 303
    referral = now(referral_id)
    assert (referral.status, referral.reason_code) == ("rejected", "out of area")
    assert referral.closed_at is not None
    history = client.get(f"/triage/{referral_id}")
    assert "Please ask the Oak team." in history.text


@pytest.mark.parametrize(
    "who", ["worker", "gp", "coordinator", "commissioner", "administrator", "other_lead"]
)
def test_nobody_but_the_teams_lead_answers(world, signed_in, now, who):
    referral_id = world.referred()
    client = signed_in(getattr(world, who))
    for path in ("acceptance", "decline"):
        answered = client.post(f"/triage/{referral_id}/{path}", data={"who": LATER})
        assert answered.status_code in (403, 404)
    assert now(referral_id).status == "requested"


def test_the_action_itself_refuses_a_link_worker(world):
    referral_id = world.referred()
    with pytest.raises(Denied), transaction(world.worker):
        answer.accept(world.worker, world.get(world.worker, referral_id))


def test_what_is_answered_is_not_answered_again(world, taken_on):
    referral_id = taken_on()
    with pytest.raises(Conflict), transaction(world.lead):
        answer.accept(world.lead, world.get(world.lead, referral_id))
    with pytest.raises(Conflict), transaction(world.lead):
        answer.decline(world.lead, world.get(world.lead, referral_id), Reason.FULL, "words")


def test_a_page_that_is_out_of_date_says_what_happened(world, signed_in):
    referral_id = world.referred()
    slow, quick = signed_in(world.lead), signed_in(world.lead)
    page, action = f"/triage/{referral_id}", f"/triage/{referral_id}/acceptance"
    fields = hidden(slow.get(page).text, action)
    assert accept(quick, referral_id, world.worker.user_id).status_code == 303
    late = slow.post(action, data=fields | {"who": LATER})
    assert late.status_code == 409
    assert "Tom Reed" in late.text
    assert "allocated" in late.text
    assert page in late.text


def test_the_same_form_sent_twice_is_one_answer(world, signed_in, now):
    referral_id = world.referred()
    client = signed_in(world.lead)
    page, action = f"/triage/{referral_id}", f"/triage/{referral_id}/acceptance"
    fields = hidden(client.get(page).text, action) | {"who": LATER}
    first, second = client.post(action, data=fields), client.post(action, data=fields)
    assert (first.status_code, first.location) == (second.status_code, second.location)
    assert first.status_code == 303


def test_of_fifty_parallel_accepts_one_succeeds(world, signed_in, now):
    referral_id = world.referred()
    page, action = f"/triage/{referral_id}", f"/triage/{referral_id}/acceptance"
    forms = []
    for _ in range(50):
        client = signed_in(world.lead)
        forms.append((client, hidden(client.get(page).text, action) | {"who": LATER}))
    ready, codes = threading.Barrier(8), []
    lock, queue = threading.Lock(), list(forms)

    def work():
        ready.wait()
        while True:
            with lock:
                if not queue:
                    return
                client, fields = queue.pop()
            code = client.post(action, data=fields).status_code
            with lock:
                codes.append(code)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert Counter(codes) == {303: 1, 409: 49}
    assert now(referral_id).status == "accepted"
