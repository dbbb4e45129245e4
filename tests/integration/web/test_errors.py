"""Whatever goes wrong, the answer says what to do and shows nothing of the inside."""

import json

import pytest

from app.core import db
from app.factory import create_app
from app.identity.actor import Role
from tests.conftest import settings_for
from tests.pages import assert_valid

EXPECTED = {
    "denied": (403, "you must be: a team lead"),
    "absent": (404, "Page not found"),
    "conflict": (409, "A finished referral cannot be accepted"),
    "invalid": (422, "Choose another day"),
    "unavailable": (503, "Not available for a moment"),
    "damaged": (423, "reference QX-1"),
    "stale": (409, "Somebody else changed this"),
    "pool": (503, "Not available for a moment"),
    "bug": (500, "Something went wrong on our side"),
}


@pytest.mark.parametrize("kind", EXPECTED)
def test_a_refusal_says_what_to_do_with_the_right_status(shown, kind):
    status, words = EXPECTED[kind]
    answer = shown.test_client().get(f"/gallery/fail/{kind}")
    assert answer.status_code == status
    assert words in answer.text
    assert "Traceback" not in answer.text
    assert_valid(answer.text)


def test_what_to_wait_for_says_how_long(shown):
    client = shown.test_client()
    assert client.get("/gallery/fail/unavailable").headers["Retry-After"] == "7"
    assert client.get("/gallery/fail/pool").headers["Retry-After"] == "5"


def test_what_is_foreign_and_what_is_absent_are_the_same_bytes(shown):
    client = shown.test_client()
    assert client.get("/gallery/fail/absent").data == client.get("/gallery/nothing").data


def test_nothing_of_an_exception_reaches_the_page_or_the_log(shown, capsys):
    answer = shown.test_client().get("/gallery/fail/bug")
    assert "Zebedee" not in answer.text
    logged = capsys.readouterr().err
    assert "Zebedee" not in logged
    assert "gallery.py" in logged
    assert answer.headers["X-Request-Id"] in logged


def test_every_refusal_is_a_line_with_its_status_and_reference(shown, capsys):
    client = shown.test_client()
    capsys.readouterr()
    told = [client.get(f"/gallery/fail/{kind}") for kind in ("denied", "conflict", "invalid")]
    told.append(client.post("/gallery/form", headers={"Sec-Fetch-Site": "cross-site"}))
    told.append(client.get("/", headers={"Host": "evil.example"}))
    lines = [json.loads(one) for one in capsys.readouterr().err.splitlines()]
    refused = {one["request_id"]: one["status"] for one in lines if one["event"] == "refused"}
    asked = {one["request_id"] for one in lines if one["event"] == "request"}
    assert refused == {one.headers["X-Request-Id"]: one.status_code for one in told}
    assert asked == set(refused)


def test_a_refusal_leads_to_a_session_and_names_nobody(signed_in, member, owner, capsys):
    actor = member(Role.REFERRER, name="Zebedee Figures")
    client = signed_in(actor)
    capsys.readouterr()
    told = [client.get(one).status_code for one in ("/people", f"/caseload/{actor.user_id}")]
    client.delete_cookie("trellis")
    told.append(client.get("/people").status_code)
    written = capsys.readouterr().err
    lines = [json.loads(one) for one in written.splitlines()]
    asked = [one for one in lines if one["event"] == "request"]
    assert [one["status"] for one in asked] == told == [403, 404, 303]
    whose = "select user_id from web_session where id = %s"
    found = [owner.execute(whose, [one["session"]]).fetchone() for one in asked[:2]]
    assert found == [(actor.user_id,)] * 2
    assert asked[2]["session"] is None
    assert "Zebedee" not in written
    assert str(actor.user_id) not in written


STATEMENTS = [
    ("select 1/0", 400),
    ("select 'x'::uuid", 400),
    ("delete from agency", 403),
    ("set local statement_timeout = '20ms'; select pg_sleep(1)", 503),
    ("select pg_terminate_backend(pg_backend_pid())", 503),
    ("select nothing from nowhere", 500),
]


@pytest.mark.parametrize(("statement", "status"), STATEMENTS)
def test_the_limits_of_the_database_have_their_own_answers(shown, statement, status):
    answer = shown.test_client().get("/gallery/sql", query_string={"statement": statement})
    assert answer.status_code == status
    assert "select" not in answer.text.lower()


def test_after_its_connections_are_cut_the_next_request_is_served(shown):
    client = shown.test_client()
    cut = "select pg_terminate_backend(pg_backend_pid())"
    assert client.get("/gallery/sql", query_string={"statement": cut}).status_code == 503
    assert client.get("/gallery/sql", query_string={"statement": "select 1"}).status_code == 200


@pytest.fixture
def unreachable(database):
    """The application while its database is out of reach."""
    yield create_app(settings_for("postgresql://trellis_app:x@127.0.0.1:1/nowhere"))
    db.engine().dispose()
    create_app(database.settings)


def test_without_a_database_pages_say_so_and_when_to_come_back(unreachable):
    client = unreachable.test_client()
    client.set_cookie(unreachable.session_interface.cookie_name, "A" * 43)
    answer = client.get("/")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "5"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert_valid(answer.text)


def test_without_a_database_it_is_alive_but_not_ready(unreachable):
    client = unreachable.test_client()
    assert client.get("/health/live").status_code == 200
    ready = client.get("/health/ready")
    assert ready.status_code == 503
    assert ready.json["database"] == "out of reach"


def test_it_is_ready_with_its_database_its_migrations_and_its_keys(shown):
    assert shown.test_client().get("/health/ready").json == {
        "ready": True,
        "database": "ok",
        "migrations": "ok",
        "keys": "ok",
        "wall": "ok",
        "clock": "ok",
    }


def test_a_body_that_is_too_large_is_refused_with_a_page(shown):
    answer = shown.test_client().post("/gallery/form", data={"reason": "x" * 1_200_000})
    assert answer.status_code == 413
    assert_valid(answer.text)


def test_a_form_of_too_many_parts_is_refused(shown):
    answer = shown.test_client().post(
        "/gallery/form",
        data={f"part{number}": "x" for number in range(1200)},
        content_type="multipart/form-data",
    )
    assert answer.status_code == 413


def test_the_figures_are_for_who_comes_directly_and_name_nobody(shown, signed_in, member):
    actor = member(Role.LINK_WORKER, name="Zebedee Figures")
    signed_in(actor, shown).get("/gallery/parts")
    client = shown.test_client()
    figures = client.get("/metrics")
    assert 'route="/gallery/parts"' in figures.text
    assert "Zebedee" not in figures.text
    assert str(actor.user_id) not in figures.text
    assert client.get("/metrics", headers={"X-Forwarded-For": "10.0.0.1"}).status_code == 404
