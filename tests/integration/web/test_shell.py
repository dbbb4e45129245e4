"""What the shell promises for every answer, whatever room gives it."""

import re

import pytest
from flask import Flask

from app.factory import create_app
from app.identity.actor import Role
from app.ui import look
from app.ui.doors import public
from app.ui.doors import signed_in as for_actors
from app.web import gate
from app.web.headers import ALWAYS, HSTS

EVERYWHERE = [
    ("/", 200),
    ("/privacy", 200),
    ("/accessibility", 200),
    ("/health/live", 200),
    ("/nowhere", 404),
    ("/welcome-back", 303),
    (look.asset("trellis.css"), 200),
    (look.asset("missing.css"), 404),
]


NOTHING_FOR = ("default-src", "object-src", "base-uri", "frame-ancestors")


@pytest.mark.parametrize(("address", "status"), EVERYWHERE)
def test_every_answer_carries_the_security_headers(application, address, status):
    answer = application.test_client().get(address)
    assert answer.status_code == status
    for name, value in ALWAYS.items():
        assert answer.headers[name] == value
    policy = answer.headers["Content-Security-Policy"].split("; ")
    assert {f"{one} 'none'" for one in NOTHING_FOR} <= set(policy)
    told = answer.content_type.replace('"', "")
    assert told.endswith(("; charset=utf-8", "application/json"))
    assert "Access-Control-Allow-Origin" not in answer.headers
    assert "Server" not in answer.headers
    answer.close()


def test_over_https_every_answer_asks_for_https_for_two_years(database, settings_maker):
    url = "https://trellis.example.org"
    client = create_app(settings_maker(database.url(), TRELLIS_PUBLIC_URL=url)).test_client()
    for address, _status in EVERYWHERE:
        answer = client.get(address, base_url=url)
        assert answer.headers["Strict-Transport-Security"] == HSTS, address
        answer.close()
    assert HSTS == "max-age=63072000; includeSubDomains"


REFUSALS = {
    "another host": (400, {"path": "/", "headers": {"Host": "evil.example"}}),
    "a method": (405, {"path": "/", "method": "POST"}),
    "another site": (403, {"path": "/sign-out", "method": "POST", "headers": {"Origin": "null"}}),
    "a bad token": (400, {"path": "/sign-out/back-channel", "method": "POST"}),
    "too much": (413, {"path": "/sign-out/back-channel", "method": "POST", "data": b"a" * 2**21}),
    "only what is allowed": (200, {"path": "/", "method": "OPTIONS"}),
    "as JSON": (404, {"path": "/nowhere", "headers": {"Accept": "application/json"}}),
    "static, by another method": (404, {"path": look.asset("trellis.css"), "method": "POST"}),
}


@pytest.mark.parametrize("what", REFUSALS)
def test_a_refusal_carries_them_as_well(application, what):
    status, asked = REFUSALS[what]
    answer = application.test_client().open(**asked)
    for name, value in ALWAYS.items():
        assert answer.headers[name] == value
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.status_code == status
    answer.close()


def test_pages_are_not_kept_and_static_files_are_kept_for_ever(application):
    client = application.test_client()
    assert client.get("/").headers["Cache-Control"] == "no-store"
    kept = client.get(look.asset("trellis.css"))
    assert "immutable" in kept.headers["Cache-Control"]
    kept.close()


def test_every_page_has_a_nonce_of_its_own_and_uses_it(application):
    client = application.test_client()
    pages = [client.get("/") for _ in range(2)]
    nonces = [
        re.search("'nonce-([^']+)'", page.headers["Content-Security-Policy"])[1] for page in pages
    ]
    assert nonces[0] != nonces[1]
    assert all(f'nonce="{nonce}"' in page.text for nonce, page in zip(nonces, pages, strict=True))


def test_an_error_has_a_reference_in_its_header_and_page_but_a_404_only_in_its_header(application):
    client = application.test_client()
    refused = client.post("/")
    assert refused.status_code == 405
    assert "GET" in refused.headers["Allow"]
    assert refused.headers["X-Request-Id"] in refused.text
    absent = client.get("/nowhere")
    assert absent.headers["X-Request-Id"] not in absent.text


def test_what_is_absent_is_the_same_bytes_each_time(application):
    client = application.test_client()
    assert client.get("/nowhere").data == client.get("/elsewhere").data


def test_a_post_from_another_site_is_refused(application):
    client = application.test_client()
    for headers in (
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
    ):
        assert client.post("/welcome-back", headers=headers).status_code == 403


@pytest.mark.parametrize(
    "cookie", ["", "x", "\x00", "é" * 50, "A" * 43, "'; drop table--", "x" * 9000]
)
def test_a_bad_cookie_is_nobody(application, cookie):
    client = application.test_client()
    answer = client.get("/", headers={"Cookie": f"trellis={cookie}".encode().decode("latin-1")})
    assert answer.status_code == 200
    assert "Sign in" in answer.text


def test_a_host_that_is_not_ours_is_refused(application):
    answer = application.test_client().get("/", headers={"Host": "evil.example"})
    assert answer.status_code == 400
    assert "evil.example" not in answer.text


def test_json_is_answered_where_json_is_asked_for(application):
    answer = application.test_client().post("/", headers={"Accept": "application/json"})
    assert answer.json["status"] == 405
    assert answer.json["reference"] == answer.headers["X-Request-Id"]


def test_an_actor_is_shown_for_whom_they_act_and_where_they_can_go(signed_in, member):
    curator = signed_in(member(Role.CURATOR, agency="Elm council", name="Priya Shah"))
    page = curator.get("/account").text
    assert "Acting for <strong>Elm council</strong> as curator" in page
    assert "Priya Shah" in page


@pytest.mark.parametrize(
    ("role", "place"),
    [
        (Role.REFERRER, "/refer/"),
        (Role.TEAM_LEAD, "/triage/"),
        (Role.LINK_WORKER, "/caseload/"),
        (Role.COORDINATOR, "/inbox/"),
        (Role.COMMISSIONER, "/counts/"),
        (Role.CURATOR, "/directory/queue"),
    ],
)
def test_the_day_begins_where_the_work_is(signed_in, member, role, place):
    answer = signed_in(member(role)).get("/")
    assert (answer.status_code, answer.headers["Location"]) == (303, place)


def test_an_application_with_an_undeclared_route_does_not_start(application):
    app = Flask("undeclared", static_folder=None)
    app.add_url_rule("/open", "open", public(lambda: ""))
    app.add_url_rule("/closed", "closed", for_actors(lambda: ""))
    gate.check(app)
    app.add_url_rule("/forgotten", "forgotten", lambda: "")
    with pytest.raises(gate.UndeclaredRoute, match="forgotten"):
        gate.check(app)
