"""A logout token ends sessions only when everything about it is right."""

import time
import uuid

import pytest

from tests.attacks.conftest import answer_of, is_signed_in
from tests.attacks.hostile_provider import forgeries
from tests.attacks.hostile_provider.behaviour import as_it_is, with_, without
from tests.providers.provider import SECRET

EVENT = "http://schemas.openid.net/event/backchannel-logout"


@pytest.fixture
def here(trusting, hostile):
    """A browser that has signed in."""
    client = trusting.test_client()
    client.get(answer_of(client))
    assert is_signed_in(client)
    return client


def claims(hostile, **changes):
    now = int(time.time())
    honest = {
        "iss": hostile.issuer,
        "aud": "trellis",
        "iat": now,
        "exp": now + 120,
        "jti": uuid.uuid4().hex,
        "sub": "mallory",
        "sid": "one",
        "events": {EVENT: {}},
    }
    return honest | changes


def tell(client, token):
    answer = client.application.test_client().post(
        "/sign-out/back-channel", data={"logout_token": token}
    )
    assert answer.headers["Cache-Control"] == "no-store"
    return answer.status_code


def header(hostile, typ="logout+jwt"):
    return {"alg": "RS256", "kid": hostile.signing.kid, "typ": typ}


@pytest.mark.parametrize("left_out", ["", "sub", "sid"])
def test_a_good_logout_token_ends_the_session(here, hostile, left_out):
    token = hostile.signed(without(left_out)(claims(hostile)), header(hostile))
    told = time.monotonic()
    assert tell(here, token) == 200
    assert not is_signed_in(here)
    assert time.monotonic() - told < 1, "gone within a second of being told"


def test_a_logout_token_sent_again_leaves_whoever_has_signed_in_since(here, hostile):
    token = hostile.signed(claims(hostile), header(hostile))
    assert tell(here, token) == 200
    here.get(answer_of(here))
    assert tell(here, token) == 200
    assert is_signed_in(here)
    assert tell(here, hostile.signed(claims(hostile), header(hostile))) == 200
    assert not is_signed_in(here)


def test_a_logout_token_for_another_session_or_subject_leaves_ours(here, hostile):
    for other in ({"sid": "two"}, {"sub": "somebody-else"}):
        assert tell(here, hostile.signed(claims(hostile, **other), header(hostile))) == 200
        assert is_signed_in(here)


BAD = {
    "no event": without("events"),
    "wrong event": with_(events={"http://schemas.openid.net/event/other": {}}),
    "event not an object": with_(events={EVENT: True}),
    "with a nonce": with_(nonce="n"),
    "aud of another": with_(aud="another"),
    "iss of another": with_(iss="https://another.example.org"),
    "neither sub nor sid": lambda honest: without("sid")(without("sub")(honest)),
    "sub empty": with_(sub=""),
    "sid a number": with_(sid=1),
    "expired": with_(exp=lambda _: time.time() - 60),
    "a day old": with_(iat=lambda _: time.time() - 86400),
    "no iat": without("iat"),
}


# The bad tokens of the OpenID conformance suite (its oidcc-client-test-rp-backchannel-
# rpinitlogout-…, by the end of each name), and ours. It has seven. BAD has the eighth that the
# specification names, neither sub nor sid, and more: expired, old, without iat, of the wrong types.
CONFORMANCE = {
    "alg-none": forgeries.unsigned,
    "wrong-alg": forgeries.by_client_secret(SECRET),
    "no-event": "no event",
    "wrong-event": "wrong event",
    "with-nonce": "with a nonce",
    "wrong-aud": "aud of another",
    "wrong-iss": "iss of another",
}


@pytest.mark.parametrize("name", CONFORMANCE)
def test_every_bad_token_of_the_conformance_suite_is_refused(here, hostile, name):
    made = CONFORMANCE[name]
    change, sign = (BAD[made], hostile.signed) if isinstance(made, str) else (as_it_is, made)
    assert tell(here, sign(change(claims(hostile)), header(hostile))) == 400
    assert is_signed_in(here)


@pytest.mark.parametrize("what", BAD)
def test_a_bad_logout_token_is_refused_and_ends_nothing(here, hostile, what):
    token = hostile.signed(BAD[what](claims(hostile)), header(hostile))
    assert tell(here, token) == 400
    assert is_signed_in(here)


@pytest.mark.parametrize(
    "forge",
    [
        lambda _: forgeries.unsigned,
        lambda _: forgeries.by_client_secret(SECRET),
        forgeries.by_public_key,
        lambda it: forgeries.by(it, forgeries.STRANGER),
        forgeries.tampered,
    ],
)
def test_a_forged_logout_token_is_refused_and_ends_nothing(here, hostile, forge):
    token = forge(hostile)(claims(hostile), header(hostile))
    assert tell(here, token) == 400
    assert is_signed_in(here)


@pytest.mark.parametrize("token", ["", "a", "a.b.c", "é", "." * 9, "e30.W10.x", "a" * 900_000])
def test_nonsense_is_refused(here, token):
    assert tell(here, token) == 400


def test_an_id_token_is_no_logout_token(here, hostile):
    code = next(reversed(hostile.asked))
    assert tell(here, hostile.id_token(code)) == 400
    assert is_signed_in(here)


def test_strangers_cannot_make_us_ask_the_provider_for_its_keys_again_and_again(here, hostile):
    reads = []
    hostile.does.keys = lambda honest: reads.append(1) or honest
    token = forgeries.by(hostile, forgeries.STRANGER, kid="unheard")(
        claims(hostile), header(hostile)
    )
    assert {tell(here, token) for _ in range(20)} == {400}
    assert len(reads) <= 1
