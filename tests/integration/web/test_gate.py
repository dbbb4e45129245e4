"""Who gets past the gate, and what becomes of a form when a session has ended."""

import re
from html.parser import HTMLParser

from app.identity.actor import Role
from tests.pages import assert_valid

ANSWERS = {
    "given_name": 'Zoë "Zed" <O\'Hara>',
    "reason": "First line\nsecond line",
    "needs": ["loneliness", "damp housing"],
    "idempotency_key": "5f0d2f5e-6f0a-4a57-9b51-1f6d3c0d9a11",
    "csrf_token": "old",
}


class HiddenInputs(HTMLParser):
    """The hidden inputs of a page, in order."""

    def __init__(self, page):
        super().__init__()
        self.found = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "input" and given.get("type") == "hidden":
            self.found.append((given["name"], given["value"]))


def test_who_has_not_signed_in_is_sent_to_sign_in_and_back(shown):
    answer = shown.test_client().get("/gallery/kept?page=2")
    assert answer.status_code == 303
    assert answer.location == "/sign-in?next=/gallery/kept?page%3D2"


def test_a_form_sent_after_the_session_ended_keeps_every_answer(shown, signed_in, member):
    answer = shown.test_client().post("/gallery/kept", data=ANSWERS)
    assert answer.status_code == 401
    assert_valid(answer.text)
    kept = HiddenInputs(answer.text).found
    assert ("given_name", ANSWERS["given_name"]) in kept
    assert [value for name, value in kept if name == "needs"] == ANSWERS["needs"]
    assert "csrf_token" not in dict(kept)

    again = signed_in(member(Role.REFERRER), shown).post(
        "/gallery/kept", data={**dict(kept), "needs": ANSWERS["needs"]}
    )
    assert again.status_code == 422
    assert "your answers, which are all still here" in again.text
    assert "Zoë &#34;Zed&#34; &lt;O&#39;Hara&gt;" in again.text
    assert len(re.findall(r'name="needs"[^>]* checked', again.text)) == 2
    assert ANSWERS["idempotency_key"] in again.text


def test_another_site_cannot_put_words_into_that_page(shown):
    answer = shown.test_client().post(
        "/gallery/kept", data=ANSWERS, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert answer.status_code == 403
    assert "second line" not in answer.text


def test_too_many_forms_are_refused_with_how_long_to_wait(shown, signed_in, member):
    client = signed_in(member(Role.REFERRER), shown)
    statuses = {client.post("/gallery/form").status_code for _ in range(300)}
    assert statuses == {422}
    refused = client.post("/gallery/form")
    assert refused.status_code == 429
    assert refused.headers["Retry-After"] == "60"
    assert client.get("/gallery/form").status_code == 200
