"""The demonstration provider speaks OpenID Connect, and only on this machine."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from authlib.integrations.requests_client import OAuth2Session
from joserfc import jwt
from joserfc.jwk import KeySet

from app.demonstration.provider import clients
from app.demonstration.provider.provider import DemonstrationProvider
from app.demonstration.provider.safety import NotADemonstrationError
from tests.providers.provider import PRIYA, SECRET, demonstration_provider

CALLBACK = "http://localhost:8000/sign-in/default/callback"
VERIFIER = "v" * 50


@pytest.fixture(scope="module")
def provider(tmp_path_factory):
    with demonstration_provider(tmp_path_factory.mktemp("provider")) as made:
        yield made


@pytest.fixture
def client():
    with OAuth2Session(
        "trellis",
        SECRET,
        scope="openid profile email",
        redirect_uri=CALLBACK,
        code_challenge_method="S256",
    ) as session:
        yield session


def choose(client, address, subject="priya"):
    """Click a person; returns what the application is told."""
    page = client.get(address, withhold_token=True)
    assert page.status_code == 200, page.text
    assert "Choose who to be" in page.text
    answer = client.post(
        address, data={"subject": subject}, withhold_token=True, allow_redirects=False
    )
    return returned(answer)


def returned(answer):
    assert answer.status_code == 302, answer.text
    assert answer.headers["Location"].startswith(CALLBACK)
    return {k: v[0] for k, v in parse_qs(urlsplit(answer.headers["Location"]).query).items()}


def address(provider, client, **more):
    where = f"{provider.issuer}/authorize"
    return client.create_authorization_url(where, code_verifier=VERIFIER, nonce="n1", **more)


def claims_of(provider, token):
    keys = KeySet.import_key_set(requests.get(f"{provider.issuer}/jwks", timeout=5).json())
    return jwt.decode(token["id_token"], keys, algorithms=["RS256"]).claims


def sign_in(provider, client, subject="priya"):
    url, state = address(provider, client)
    told = choose(client, url, subject)
    assert told["state"] == state
    assert told["iss"] == provider.issuer
    return client.fetch_token(f"{provider.issuer}/token", code=told["code"], code_verifier=VERIFIER)


def test_one_click_signs_in_and_the_tokens_say_who(provider, client):
    token = sign_in(provider, client)
    claims = claims_of(provider, token)
    assert (claims["iss"], claims["aud"], claims["sub"]) == (provider.issuer, "trellis", "priya")
    assert (claims["nonce"], claims["name"]) == ("n1", "Priya Shah")
    assert claims["sid"]
    told = client.get(f"{provider.issuer}/userinfo").json()
    assert told == {
        "sub": "priya",
        "name": PRIYA.name,
        "email": PRIYA.email,
        "email_verified": True,
    }


def test_a_second_sign_in_needs_no_click_unless_it_is_asked_for(provider, client):
    sign_in(provider, client)
    url, _ = address(provider, client)
    quiet = client.get(url, withhold_token=True, allow_redirects=False)
    assert "code" in returned(quiet)
    for more in ({"prompt": "login"}, {"max_age": "0"}, {"prompt": "select_account"}):
        url, _ = address(provider, client, **more)
        assert "code" in choose(client, url)


def test_prompt_none_without_a_sign_in_is_answered_with_an_error_and_the_issuer(provider, client):
    url, state = address(provider, client, prompt="none")
    told = returned(client.get(url, withhold_token=True, allow_redirects=False))
    assert told["error"] == "login_required"
    assert (told["state"], told["iss"]) == (state, provider.issuer)


@pytest.mark.parametrize("method", ["", "plain"])
def test_a_request_without_s256_is_refused(provider, client, method):
    client.code_challenge_method = None
    more = {"code_challenge": "c" * 43, "code_challenge_method": method} if method else {}
    url, _ = client.create_authorization_url(f"{provider.issuer}/authorize", **more)
    told = returned(client.get(url, withhold_token=True, allow_redirects=False))
    assert told["error"] == "invalid_request"


def test_a_code_works_once_and_only_with_its_verifier(provider, client):
    for wrong, right in (("w" * 50, None), (VERIFIER, VERIFIER)):
        url, _ = address(provider, client, prompt="login")
        code = choose(client, url)["code"]
        body = {"grant_type": "authorization_code", "code": code, "redirect_uri": CALLBACK}
        first = token_answer(provider, {**body, "code_verifier": wrong})
        second = token_answer(provider, {**body, "code_verifier": VERIFIER})
        assert first.status_code == (200 if right else 400)
        assert second.status_code == 400


def token_answer(provider, body):
    auth = ("trellis", SECRET)
    return requests.post(f"{provider.issuer}/token", data=body, auth=auth, timeout=5)


def test_an_unknown_client_or_return_address_gets_a_page_and_no_redirect(provider, client):
    url, _ = address(provider, client)
    for wrong in (url.replace("client_id=trellis", "client_id=x"), url.replace("8000", "8009")):
        answer = client.get(wrong, withhold_token=True, allow_redirects=False)
        assert answer.status_code == 400
        assert "cannot be answered" in answer.text


def test_signing_out_with_a_hint_returns_and_ends_the_sign_in(provider, client):
    token = sign_in(provider, client)
    home = "http://localhost:8000/signed-out"
    asked = {"id_token_hint": token["id_token"], "post_logout_redirect_uri": home, "state": "s"}
    answer = client.get(
        f"{provider.issuer}/logout", params=asked, withhold_token=True, allow_redirects=False
    )
    assert answer.headers["Location"] == f"{home}?state=s"
    url, _ = address(provider, client)
    assert client.get(url, withhold_token=True).status_code == 200


def test_signing_out_without_a_hint_asks_first(provider, client):
    sign_in(provider, client)
    where = f"{provider.issuer}/logout"
    assert "Do you want to sign out?" in client.get(where, withhold_token=True).text
    assert "You have signed out" in client.post(where, withhold_token=True).text


def test_keys_rotate_and_the_old_ones_still_verify(provider, client):
    before = sign_in(provider, client)
    provider.keys.rotate()
    url, _ = address(provider, client)
    code = returned(client.get(url, withhold_token=True, allow_redirects=False))["code"]
    after = client.fetch_token(f"{provider.issuer}/token", code=code, code_verifier=VERIFIER)
    assert claims_of(provider, before)["sub"] == claims_of(provider, after)["sub"] == "priya"
    assert before["id_token"].split(".")[0] != after["id_token"].split(".")[0]


def test_the_picker_is_a_labelled_page_without_scripts(provider, client):
    url, _ = address(provider, client, prompt="login")
    page = client.get(url, withhold_token=True)
    assert re.search(r"<h2>Riverside team</h2>", page.text)
    assert "<script" not in page.text
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]


def test_it_refuses_to_serve_anything_but_a_demonstration(tmp_path, monkeypatch):
    client = clients.trellis("http://localhost:8000", "trellis", SECRET)
    for issuer in ("https://id.example.org", "http://10.0.0.1:80", "http://example.org:8001"):
        with pytest.raises(NotADemonstrationError):
            DemonstrationProvider(issuer, [client], [PRIYA], tmp_path)
    with pytest.raises(NotADemonstrationError):
        clients.trellis("https://trellis.example.org", "trellis", SECRET)
    monkeypatch.setenv("TRELLIS_DEMONSTRATION", "0")
    with pytest.raises(NotADemonstrationError):
        DemonstrationProvider("http://127.0.0.1:8001", [client], [PRIYA], tmp_path)
