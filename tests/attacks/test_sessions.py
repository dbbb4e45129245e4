"""A session cannot be fixed, replayed, outlived, or used after the right to it is gone."""

import secrets
from datetime import timedelta

import psycopg
import pytest
from flask import Flask, request, session

from app.core import clock
from app.identity.actions import web_session
from app.identity.actor import Role
from app.identity.login import (
    AgencyNeeded,
    NotYetApproved,
    SignInNeeded,
    current_actor,
    install,
    stored_session,
)


@pytest.fixture
def app(database):
    """The smallest application that has our sessions."""
    made = Flask(__name__)
    made.secret_key = b"tests only"
    install(made, database.settings)
    made.errorhandler(SignInNeeded)(lambda _: ("sign in", 401))
    made.errorhandler(NotYetApproved)(lambda _: ("wait", 403))
    made.errorhandler(AgencyNeeded)(lambda _: ("choose", 409))

    @made.get("/who")
    def who():
        actor = current_actor()
        return f"{actor.name}, {actor.agency_name}, {', '.join(sorted(actor.roles))}"

    @made.route("/keep", methods=["GET", "POST"])
    def keep():
        if request.method == "POST":
            session["word"] = request.form["word"]
        return session.get("word", "")

    @made.post("/sign-out")
    def sign_out():
        stored_session().sign_out()
        return "done"

    @made.post("/arrive/<uuid:user_id>/<uuid:agency_id>")
    def arrive(user_id, agency_id):
        stored_session().sign_in(web_session.SignedIn(user_id, agency_id), hint="token")
        return "welcome"

    @made.post("/act-for/<uuid:agency_id>")
    def act_for(agency_id):
        stored_session().act_for(agency_id)
        return "moved"

    @made.get("/hint")
    def hint():
        return stored_session().hint()

    @made.get("/plain")
    def plain():
        return "nothing asked of the session"

    return made


def cookie(client):
    found = client.get_cookie("trellis")
    return found.value if found else None


def with_cookie(app, secret):
    client = app.test_client()
    client.set_cookie("trellis", secret)
    return client


def change_row(owner, secret, **values):
    assigned = ", ".join(f"{name} = %s" for name in values)
    where = [*values.values(), web_session.digest_of(secret)]
    owner.execute(f"update web_session set {assigned} where digest = %s", where)


def test_a_page_that_keeps_nothing_leaves_no_row_and_no_cookie(app, owner):
    before = owner.execute("select count(*) from web_session").fetchone()
    client = app.test_client()
    assert client.get("/plain").headers.get("Set-Cookie") is None
    assert client.get("/who").status_code == 401
    assert cookie(client) is None
    assert owner.execute("select count(*) from web_session").fetchone() == before


def test_the_cookie_is_kept_from_scripts_and_from_other_sites(app):
    header = app.test_client().post("/keep", data={"word": "kite"}).headers["Set-Cookie"]
    assert "HttpOnly" in header
    assert "SameSite=Lax" in header
    assert "Path=/" in header
    assert "Domain" not in header


def test_the_database_holds_neither_the_secret_nor_the_sign_out_hint(app, owner, member):
    actor, client = member(Role.REFERRER), app.test_client()
    client.post(f"/arrive/{actor.user_id}/{actor.agency_id}")
    row = owner.execute("select web_session::text from web_session order by created_at").fetchall()
    assert cookie(client) not in row[-1][0]
    assert client.get("/hint").text == "token"
    assert '"token"' not in row[-1][0]


def test_a_secret_known_before_sign_in_is_worth_nothing_after_it(app, member):
    actor, client = member(Role.REFERRER), app.test_client()
    client.post("/keep", data={"word": "kite"})
    fixed = cookie(client)
    client.post(f"/arrive/{actor.user_id}/{actor.agency_id}")
    assert cookie(client) != fixed
    assert client.get("/who").status_code == 200
    assert client.get("/keep").text == ""
    assert with_cookie(app, fixed).get("/who").status_code == 401


@pytest.mark.parametrize("planted", ["x" * 43, "", "'; drop table web_session; --", "é" * 43])
def test_a_secret_that_we_did_not_make_is_never_adopted(app, planted):
    client = with_cookie(app, planted)
    assert client.get("/who").status_code == 401
    client.post("/keep", data={"word": "kite"})
    assert cookie(client) != planted


def test_a_cookie_replayed_after_sign_out_is_refused(app, member):
    actor, client = member(Role.REFERRER), app.test_client()
    client.post(f"/arrive/{actor.user_id}/{actor.agency_id}")
    stolen = cookie(client)
    client.post("/sign-out")
    assert not cookie(client)
    assert with_cookie(app, stolen).get("/who").status_code == 401


def test_a_session_ends_when_it_is_left_alone(app, owner, member, signed_in):
    client = signed_in(member(Role.REFERRER), app)
    change_row(owner, cookie(client), last_seen_at=clock.now() - timedelta(minutes=14))
    assert client.get("/who").status_code == 200
    change_row(owner, cookie(client), last_seen_at=clock.now() - timedelta(minutes=15))
    assert client.get("/who").status_code == 401


def test_a_session_ends_after_twelve_hours_however_busy(app, member, signed_in):
    actor = member(Role.REFERRER)
    for hours, answer in ((12, 200), (-1, 401)):
        client = signed_in(actor, app, timedelta(hours=hours))
        assert client.get("/who").status_code == answer


def test_a_session_cannot_be_made_to_last_in_the_database(app, owner, member, signed_in):
    client = signed_in(member(Role.REFERRER), app)
    change_row(owner, cookie(client), expires_at=clock.now() + timedelta(days=365))
    assert client.get("/who").status_code == 401


def test_a_session_written_with_our_own_credentials_opens_nothing(app, database, member, signed_in):
    mine, victim = member(Role.REFERRER), member(Role.ADMINISTRATOR)
    client, secret = signed_in(mine, app), "s" * 43
    planted = web_session.digest_of(secret)
    with psycopg.connect(database.url("trellis_app")) as attacker:
        attacker.execute(
            "insert into web_session (id, created_at, digest, user_id, agency_id, last_seen_at,"
            " expires_at, proof) select gen_random_uuid(), now(), %s, %s, %s, now(),"
            " now() + interval '1 hour', proof from web_session where digest = %s",
            [planted, victim.user_id, victim.agency_id, web_session.digest_of(cookie(client))],
        )
        attacker.execute(
            "update web_session set user_id = %s, agency_id = %s where digest = %s",
            [victim.user_id, victim.agency_id, web_session.digest_of(cookie(client))],
        )
    assert with_cookie(app, secret).get("/who").status_code == 401
    assert client.get("/who").status_code == 401


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
