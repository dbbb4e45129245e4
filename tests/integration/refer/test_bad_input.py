"""Whatever is typed or forged, the answer is a page: never a trace, never a 500."""

import pytest

from tests.integration.refer.walk import draft, hidden, ready
from tests.world import World

NASTY = [
    "\0",
    "x" * 20_000,
    "<script>alert(1)</script>",
    "{{ 7 * 7 }}",
    "' or 1=1 --",
    "٣٤٥",
    "\u202egnirts",
    "🙂" * 300,
    "-1",
    "9" * 40,
]
FIELDS = {
    "who": "nhs_number given_name family_name date_of_birth-day date_of_birth-month"
    " date_of_birth-year preferred_name pronoun gender ethnicity",
    "contact": "phone phone_safe other_phone email address postcode practice other_practice"
    " interpreter_language information_formats adjustments",
    "why": "needs reason own_words urgency risks risk_to risk_words agreement agreement_words"
    " team reply_to",
}


@pytest.fixture
def world(database):
    return World(database)


@pytest.mark.parametrize("text", NASTY)
def test_nonsense_in_every_field_is_kept_and_answered_kindly(world, signed_in, text):
    client = signed_in(world.gp)
    folder = draft(client)
    for name, fields in FIELDS.items():
        token = hidden(client.get(folder + name).text)
        answer = client.post(folder + name, data={**token, **dict.fromkeys(fields.split(), text)})
        assert answer.status_code in (303, 422), name
        again = client.get(folder + name)
        assert again.status_code == 200
        assert "<script>alert" not in again.text
        assert client.get("/refer/").status_code == 200


def test_a_thousand_needs_and_answers_given_twice(world, signed_in):
    client = signed_in(world.gp)
    folder = draft(client)
    token = hidden(client.get(folder + "why").text)
    answers = {
        **token,
        "needs": ["not an id"] * 1000,
        "risks": ["none", "known"],
        "reason": ["a", "b"],
    }
    assert client.post(folder + "why", data=answers).status_code == 422


@pytest.mark.parametrize(
    "forged", [{"idempotency_key": "nonsense"}, {"version": "nonsense"}, {"team": "nonsense"}]
)
def test_a_forged_hidden_field_sends_nothing(world, signed_in, forged):
    client = signed_in(world.gp)
    folder = ready(world, client)
    token = hidden(client.get(folder + "check").text)
    answer = client.post(folder + "check", data={**token, **forged})
    assert answer.status_code in (409, 422)
    assert "Send the referral" in client.get(folder + "check").text


def test_going_back_in_the_browser_changes_the_draft_that_was_begun(world, signed_in):
    client = signed_in(world.gp)
    token = hidden(client.get("/refer/new").text)
    for name in ("Ines", "Bea"):
        assert client.post("/refer/new", data={**token, "given_name": name}).status_code == 422
    listed = client.get("/refer/").text
    assert listed.count("Throw away") == 1
    assert "Bea" in listed
