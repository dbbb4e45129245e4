"""A session is worth no more than what its user may do at this very request."""

import secrets
from datetime import timedelta

import pytest
from flask import Flask

from app.core import clock
from app.identity.actions import web_session
from app.identity.actor import Role
from app.identity.login import stored_session
from tests.attacks.small_app import change_row, cookie, small_app, with_cookie


@pytest.fixture
def app(database) -> Flask:
    return small_app(database.settings)


def test_use_is_noted_at_most_once_a_minute(app, owner, member, signed_in):
    client = signed_in(member(Role.REFERRER), app)
    seen = "select last_seen_at from web_session where digest = %s"
    where = [web_session.digest_of(cookie(client))]
    before = owner.execute(seen, where).fetchone()
    client.get("/who")
    assert owner.execute(seen, where).fetchone() == before
    change_row(owner, cookie(client), last_seen_at=clock.now() - timedelta(minutes=2))
    client.get("/who")
    assert owner.execute(seen, where).fetchone() > before


def test_a_role_taken_away_is_gone_at_the_next_request(app, owner, member, signed_in):
    actor = member(Role.LINK_WORKER, Role.TEAM_LEAD)
    client = signed_in(actor, app)
    assert client.get("/who").text.endswith("link worker, team lead")
    sql = "update membership set roles = '{link worker}' where user_id = %s"
    owner.execute(sql, [actor.user_id])
    assert client.get("/who").text.endswith(", link worker")


@pytest.mark.parametrize(
    "sql",
    [
        "update membership set ended_at = now() where user_id = %(user)s",
        "update app_user set status = 'suspended' where id = %(user)s",
        "update agency set active = false where id = %(agency)s",
        "update agency set issuers = '{https://another.example.org}' where id = %(agency)s",
    ],
)
def test_who_may_no_longer_come_in_is_refused_at_the_next_request(
    app, owner, member, signed_in, sql
):
    actor = member(Role.REFERRER)
    client = signed_in(actor, app)
    assert client.get("/who").status_code == 200
    owner.execute(sql, {"user": actor.user_id, "agency": actor.agency_id})
    assert client.get("/who").status_code == 403


def test_acting_for_another_agency_changes_the_secret_and_forgets_open_forms(app, member):
    first = member(Role.REFERRER)
    second = member(Role.LINK_WORKER, also=first)
    client = app.test_client()
    client.post(f"/arrive/{first.user_id}/{first.agency_id}")
    before = cookie(client)
    client.post(f"/act-for/{second.agency_id}")
    assert second.agency_name in client.get("/who").text
    assert client.get("/hint").text == "token"
    assert with_cookie(app, before).get("/who").status_code == 401


def test_nobody_acts_for_an_agency_that_they_do_not_belong_to(app, member):
    mine, other = member(Role.REFERRER), member(Role.LINK_WORKER)
    client = app.test_client()
    client.post(f"/arrive/{mine.user_id}/{mine.agency_id}")
    client.post(f"/act-for/{other.agency_id}")
    assert client.get("/who").status_code == 409


def test_requests_side_by_side_do_not_undo_each_other(app, member):
    client = app.test_client()
    client.post("/keep", data={"word": "kite"})
    with app.test_request_context(headers={"Cookie": f"trellis={cookie(client)}"}):
        slow = stored_session()
        assert slow.get("word") == "kite"
        slow["other"] = 1
        client.post("/keep", data={"word": "heron"})
        slow.store()
    assert client.get("/keep").text == "heron"


def test_a_user_may_end_their_other_sessions(app, member, signed_in):
    actor = member(Role.REFERRER)
    here, there = signed_in(actor, app), signed_in(actor, app)
    secret = cookie(there)
    with app.test_request_context(headers={"Cookie": f"trellis={secret}"}):
        stored = stored_session()
        stored.sign_out()
        stored.store()
    assert there.get("/who").status_code == 401
    assert here.get("/who").status_code == 200
    assert len(secrets.token_urlsafe(32)) == len(secret)
