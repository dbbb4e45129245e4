"""Who asks too much is refused, counted by user, agency, route and address across processes."""

import secrets

import psycopg
import pytest
import structlog

from app.factory import create_app
from app.identity.actor import Role
from app.web import limits_cleaning
from app.web.limits_storage import UNCOUNTED
from tests.attacks.conftest import SECRET

PROVIDER = {
    "TRELLIS_OIDC_ISSUER": "http://127.0.0.1:9",
    "TRELLIS_OIDC_CLIENT_ID": "trellis",
    "TRELLIS_OIDC_CLIENT_SECRET": SECRET,
}
ACCOUNT, AGREEMENTS = "/account/agency", "/agreements/new"


@pytest.fixture
def tight(database, settings_maker):
    """An application with small limits, behind as many proxies as said."""

    def made(proxies: int = 0, **more: str):
        few = {
            "TRELLIS_LIMIT_USER": "3",
            "TRELLIS_LIMIT_AGENCY": "5",
            "TRELLIS_LIMIT_SIGNED_OUT": "4",
            "TRELLIS_TRUSTED_PROXIES": str(proxies),
        }
        return create_app(settings_maker(database.url(), **PROVIDER, **few, **more))

    return made


def statuses(client, address, times, **headers):
    return [client.post(address, headers=headers).status_code for _ in range(times)]


def at_the_door(app, sender: str, times: int, forwarded: str = "") -> list[int]:
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    where = {"REMOTE_ADDR": sender}
    return [
        app.test_client()
        .post("/sign-out/back-channel", headers=headers, environ_base=where)
        .status_code
        for _ in range(times)
    ]


def somewhere() -> str:
    return f"2001:db8:{secrets.token_hex(2)}:{secrets.token_hex(2)}"


def test_a_user_is_counted_on_each_route_and_an_agency_on_all_in_every_process(
    tight, signed_in, member
):
    actor = member(Role.ADMINISTRATOR)
    first, second = tight(), tight()
    client, elsewhere = signed_in(actor, first), signed_in(actor, second)
    assert 429 not in statuses(client, AGREEMENTS, 2) + statuses(elsewhere, AGREEMENTS, 1)
    assert statuses(elsewhere, AGREEMENTS, 1) == [429]
    assert statuses(client, ACCOUNT, 1) != [429]
    colleague = signed_in(member(Role.ADMINISTRATOR, of=actor), first)
    told = statuses(colleague, AGREEMENTS, 3)
    assert 429 in told, "the agency had asked five times by then"
    assert client.get(AGREEMENTS).status_code == 200
    stranger = signed_in(member(Role.ADMINISTRATOR), first)
    assert statuses(stranger, AGREEMENTS, 1) != [429]


def test_strangers_are_counted_at_the_doors_by_address_and_of_ipv6_by_network(tight):
    app, network = tight(), somewhere()
    told = at_the_door(app, f"{network}::1", 2) + at_the_door(app, f"{network}::2", 3)
    assert told == [400, 400, 400, 400, 429]
    assert at_the_door(app, f"{somewhere()}::1", 1) == [400]


def test_behind_a_proxy_everybody_has_an_address_of_their_own_and_cannot_forge_another(tight):
    app, proxy, mine, other = tight(proxies=1), "10.0.0.9", f"{somewhere()}::1", f"{somewhere()}::1"
    forged = [f"{somewhere()}::1, {mine}" for _ in range(5)]
    told = [at_the_door(app, proxy, 1, one)[0] for one in forged]
    assert told == [400, 400, 400, 400, 429]
    assert at_the_door(app, proxy, 1, other) == [400]


def test_a_forwarded_address_is_not_believed_without_a_proxy(tight):
    app, sender = tight(), f"{somewhere()}::1"
    told = [at_the_door(app, sender, 1, f"{somewhere()}::1")[0] for _ in range(5)]
    assert told == [400, 400, 400, 400, 429]
    assert at_the_door(app, "not an address", 1)[0] in (400, 429)


def test_searches_of_the_directory_and_its_data_are_counted_together_by_address(tight):
    app = tight(TRELLIS_LIMIT_SEARCHES="3")

    def asked(path, sender):
        return app.test_client().get(path, environ_base={"REMOTE_ADDR": sender}).status_code

    here, elsewhere = f"{somewhere()}::1", f"{somewhere()}::1"
    data = "/open-referral/v3/services?minimal=true"
    assert [asked(one, here) for one in ("/directory", data, "/directory")] == [200] * 3
    assert [asked(one, here) for one in ("/directory", data)] == [429] * 2
    assert asked("/directory", elsewhere) == 200
    assert asked("/directory/this-week", here) == 200


def test_what_cannot_be_counted_is_let_through_and_said(tight, owner):
    app, sender = tight(), f"{somewhere()}::1"
    before = UNCOUNTED._value.get()
    owner.execute("revoke insert on rate_hit from trellis_app")
    try:
        with structlog.testing.capture_logs() as lines:
            assert at_the_door(app, sender, 6) == [400] * 6
    finally:
        owner.execute("grant insert on rate_hit to trellis_app")
    assert UNCOUNTED._value.get() == before + 6
    said = [one for one in lines if one["event"] == "limits.uncounted"]
    assert [one["kind"] for one in said] == ["ProgrammingError"] * 6
    assert sender not in str(lines)
    assert at_the_door(app, sender, 5)[-1] == 429


def test_counters_that_are_over_are_forgotten(application, database):
    key = f"test/{secrets.token_hex(8)}"
    with psycopg.connect(database.url("trellis_app"), autocommit=True) as mine:
        for name, when in ((f"{key}/over", "-1 hour"), (f"{key}/on", "1 hour")):
            sql = "insert into rate_hit values (%s, 1, now() + %s::interval)"
            mine.execute(sql, [name, when])
        limits_cleaning.forget_old_hits(timestamp=0)
        left = mine.execute("select key from rate_hit where key like %s", [f"{key}%"]).fetchall()
    assert left == [(f"{key}/on",)]
