"""A session cannot be fixed, replayed, forged or outlived."""

from datetime import timedelta

import psycopg
import pytest
from flask import Flask, session

from app.core import clock
from app.core.db import NOBODY, transaction
from app.identity.actions import web_session
from app.identity.actor import Role
from app.identity.login import install
from tests.attacks.small_app import change_row, cookie, small_app, with_cookie


@pytest.fixture
def app(database) -> Flask:
    return small_app(database.settings)


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


def test_over_https_the_cookie_belongs_to_this_host_and_path_alone(database, settings_maker):
    made = Flask(__name__)
    url = "https://trellis.example.org"
    install(made, settings_maker(database.url(), TRELLIS_PUBLIC_URL=url))
    made.add_url_rule("/", "keep", lambda: session.update(word="kite") or "kept")
    header = made.test_client().get("/", base_url=url).headers["Set-Cookie"]
    assert header.startswith("__Host-trellis=")
    assert "Secure" in header
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
        attacker.commit()
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            attacker.execute(
                "update web_session set user_id = %s, agency_id = %s where digest = %s",
                [victim.user_id, victim.agency_id, web_session.digest_of(cookie(client))],
            )
    assert with_cookie(app, secret).get("/who").status_code == 401
    assert client.get("/who").text.startswith(mine.name)


def test_a_session_that_has_ended_is_not_revived_with_our_own_credentials(
    app, database, member, signed_in
):
    client = signed_in(member(Role.REFERRER), app)
    digest = web_session.digest_of(cookie(client))
    here = "where digest = %s"
    with psycopg.connect(database.url("trellis_app"), autocommit=True) as attacker:
        columns = "id, created_at, digest, user_id, agency_id, last_seen_at, expires_at, proof"
        kept = attacker.execute(f"select {columns} from web_session {here}", [digest]).fetchone()

        def denied():
            for change in (
                "update web_session set id = gen_random_uuid()",
                "update web_session set user_id = null",
                "update web_session set expires_at = now() - interval '1 day'",
                "delete from web_session",
            ):
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    attacker.execute(f"{change} {here}", [digest])

        denied()
        with transaction(NOBODY):
            web_session.end(kept[0])
        denied()
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            attacker.execute(f"update web_session set ended_at = null {here}", [digest])
        attacker.execute(f"update web_session set digest = sha256('x') {here}", [digest])
        with pytest.raises(psycopg.errors.UniqueViolation):
            attacker.execute(
                f"insert into web_session ({columns}) values (%s, %s, %s, %s, %s, %s, %s, %s)", kept
            )
    assert client.get("/who").status_code == 401
