"""Every hostile answer of a provider is refused with a 4xx page, and nobody is signed in.

All of it twice in one process: what is learnt from a bad answer must not change the next.
"""

import pytest

from tests.attacks.conftest import answer_of, is_signed_in
from tests.attacks.hostile_provider import forgeries
from tests.attacks.hostile_provider.answers import (
    CLAIMS,
    KEYS,
    METADATA,
    REDIRECTS,
    TOKENS,
    USERINFO,
)
from tests.attacks.hostile_provider.behaviour import with_
from tests.providers.provider import SECRET

pytestmark = pytest.mark.parametrize("time_round", ["first", "second"])


def refused(app, hostile) -> str:
    """Try to sign in; the page of the refusal, once it is sure that nobody is signed in."""
    client = app.test_client()
    page = client.get(answer_of(client))
    assert 400 <= page.status_code < 500, (page.status_code, page.text)
    assert "You are not signed in" in page.text
    assert "Traceback" not in page.text
    assert "Reference:" in page.text
    assert not is_signed_in(client)
    return page.text


def signs_in(app, name="hostile") -> bool:
    client = app.test_client()
    client.get(answer_of(client, name))
    return is_signed_in(client)


def test_an_honest_answer_is_accepted(trusting, hostile, time_round):
    assert signs_in(trusting)


@pytest.mark.parametrize("what", CLAIMS)
def test_an_id_token_that_says_something_else_is_refused(trusting, hostile, what, time_round):
    honest = hostile.does.claims
    hostile.does.claims = lambda claims: CLAIMS[what](honest(claims))
    refused(trusting, hostile)


@pytest.mark.parametrize("what", TOKENS)
def test_an_odd_answer_of_the_token_endpoint_is_refused(trusting, hostile, what, time_round):
    hostile.does.token = TOKENS[what]
    refused(trusting, hostile)


@pytest.mark.parametrize("what", REDIRECTS)
def test_an_odd_return_of_the_browser_is_refused(trusting, hostile, what, time_round):
    hostile.does.redirect = REDIRECTS[what]
    refused(trusting, hostile)


@pytest.mark.parametrize("what", USERINFO)
def test_userinfo_about_somebody_else_is_refused(trusting, hostile, what, time_round):
    hostile.does.userinfo = USERINFO[what]
    refused(trusting, hostile)


@pytest.mark.parametrize("what", KEYS)
def test_keys_that_are_none_are_refused(trusting, hostile, what, time_round):
    hostile.does.keys = KEYS[what]
    refused(trusting, hostile)


@pytest.mark.parametrize("what", METADATA)
def test_metadata_that_cannot_be_right_is_refused(trusting, hostile, what, time_round):
    hostile.does.metadata = METADATA[what]
    page = trusting.test_client().get("/sign-in/hostile")
    assert 400 <= page.status_code < 500, page.text
    assert signs_in(trusting, "honest")


@pytest.mark.parametrize(
    "forge",
    [
        lambda _: forgeries.unsigned,
        lambda _: forgeries.unsigned_with_other_spelling,
        forgeries.by_public_key,
        lambda _: forgeries.by_client_secret(SECRET),
        lambda it: forgeries.by(it, forgeries.STRANGER),
        lambda it: forgeries.by(it, forgeries.STRANGER, kid="stranger"),
        lambda it: forgeries.by(
            it, forgeries.STRANGER, jwk=forgeries.STRANGER.as_dict(private=False)
        ),
        lambda it: forgeries.by(it, it.signing, jwk=it.signing.as_dict(private=False)),
        lambda it: forgeries.by(it, it.signing, jku=f"{it.issuer}/jwks"),
        lambda it: forgeries.by(it, it.signing, typ="at+jwt"),
        lambda it: forgeries.with_header(it, crit=["unheard"], unheard=1),
        lambda it: forgeries.with_header(it, kid=7),
        lambda it: forgeries.with_header(it, kid=["first"]),
        lambda it: forgeries.with_header(it, alg=["RS256"]),
        lambda it: forgeries.with_header(it, typ=7),
        lambda it: forgeries.with_header(it, x5u="http://127.0.0.1:9/"),
        forgeries.tampered,
    ],
)
def test_a_forged_signature_is_refused(trusting, hostile, forge, time_round):
    hostile.does.sign = forge(hostile)
    refused(trusting, hostile)


def test_metadata_cannot_switch_off_the_checks_of_our_connection(trusting, hostile, time_round):
    more = {"verify": False, "proxies": {"http": "http://127.0.0.1:9"}, "code_challenge_method": ""}
    hostile.does.metadata = with_(**more)
    client = trusting.test_client()
    assert "code_challenge_method=S256" in client.get("/sign-in/hostile").location
    assert signs_in(trusting)
