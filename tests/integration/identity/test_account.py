"""One's own account: where one is signed in, and signing out of other browsers."""

import uuid
from dataclasses import replace
from datetime import timedelta

from app.core import clock
from app.identity.actions import web_session
from app.identity.actor import Role
from tests.pages import assert_valid
from tests.providers.browser import hidden


def session_of(owner, client):
    secret = client.get_cookie("trellis").value
    sql = "select id from web_session where digest = %s"
    return owner.execute(sql, [web_session.digest_of(secret)]).fetchone()[0]


def test_the_page_lists_every_browser_and_marks_this_one(member, signed_in):
    actor = member(Role.REFERRER)
    here, _there = signed_in(actor), signed_in(actor)
    page = here.get("/account")
    assert_valid(page.text)
    assert page.text.count("This browser") == 1
    assert page.text.count("/end") == 1


def test_another_browser_is_signed_out_and_this_one_stays(member, signed_in, owner):
    actor = member(Role.REFERRER)
    here, there = signed_in(actor), signed_in(actor)
    form = hidden(here.get("/account").text)
    ended = here.post(f"/account/sessions/{session_of(owner, there)}/end", data=form)
    assert ended.status_code == 303
    assert there.get("/account").status_code == 303
    assert here.get("/account").status_code == 200


def test_whoever_found_a_browser_left_open_does_not_sign_out_the_others(member, signed_in, owner):
    actor = member(Role.REFERRER)
    there = signed_in(actor)
    here = signed_in(replace(actor, proved_at=clock.now() - timedelta(minutes=16)))
    form = hidden(here.get("/account").text)
    asked = here.post(f"/account/sessions/{session_of(owner, there)}/end", data=form)
    assert asked.status_code == 401
    assert_valid(asked.text)
    assert "To sign out another browser you must have proved who you are" in asked.text
    assert there.get("/account").status_code == 200


def test_a_session_of_somebody_else_is_not_there_to_be_ended(member, signed_in, owner):
    here, there = signed_in(member(Role.REFERRER)), signed_in(member(Role.REFERRER))
    form = hidden(here.get("/sign-out").text)
    for session_id in (session_of(owner, there), uuid.uuid4()):
        answer = here.post(f"/account/sessions/{session_id}/end", data=form)
        assert answer.status_code == 404
    assert there.get("/account").status_code == 200


def test_nothing_is_ended_without_the_forms_token(member, signed_in, owner):
    actor = member(Role.REFERRER)
    here, there = signed_in(actor), signed_in(actor)
    here.post(f"/account/sessions/{session_of(owner, there)}/end")
    here.post("/sign-out")
    assert there.get("/account").status_code == 200
    assert here.get("/account").status_code == 200


def test_signing_out_asks_first_and_then_ends_the_session(member, signed_in):
    client = signed_in(member(Role.REFERRER))
    secret = client.get_cookie("trellis").value
    asked = client.get("/sign-out")
    assert_valid(asked.text)
    done = client.post("/sign-out", data=hidden(asked.text))
    assert "You have signed out" in done.text
    assert client.get_cookie("trellis") is None
    client.set_cookie("trellis", secret)
    assert client.get("/account").status_code == 303


def test_a_form_of_another_agency_is_refused_after_switching(member, signed_in):
    first = member(Role.ADMINISTRATOR)
    second = member(Role.ADMINISTRATOR, also=first)
    client = signed_in(first)
    old = hidden(client.get("/agreements/new").text)
    switch = hidden(client.get("/account/agency").text) | {"agency": str(second.agency_id)}
    assert client.post("/account/agency", data=switch).status_code == 303
    answer = client.post("/agreements/new", data=old)
    assert answer.status_code == 422
    assert "you signed in again" in answer.text


def test_a_page_works_for_somebody_let_in_while_they_waited(member, signed_in, owner):
    actor = member(Role.REFERRER)
    client = signed_in(actor)
    owner.execute("update web_session set agency_id = null where user_id = %s", [actor.user_id])
    assert f"Acting for <strong>{actor.agency_name}</strong>" in client.get("/account").text
