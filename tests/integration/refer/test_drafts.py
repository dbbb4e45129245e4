"""Nothing typed is lost; and nothing typed is kept once a draft is thrown away."""

import pytest

from app.core.db import transaction
from referrals.record.models.status import Status
from referrals.record.queries import referral as referrals
from tests.integration.refer.walk import PERSON, draft, fill_in, hidden, id_of, ready
from tests.pages import assert_valid
from tests.world import World


@pytest.fixture
def world(database):
    return World(database)


def test_the_first_page_keeps_what_was_typed_even_with_mistakes(world, signed_in):
    client = signed_in(world.gp)
    refused = fill_in(client, "/refer/new", {"given_name": "Inês", "nhs_number": "999 000 0019"})
    assert refused.status_code == 422
    listed = client.get("/refer/").text
    assert "Inês" in listed
    action = refused.text.split('action="')[1].split('"')[0]
    shown = client.get(action)
    assert shown.status_code == 200
    assert 'value="999 000 0019"' in shown.text
    assert "Enter their last name" in shown.text


def test_the_page_with_mistakes_goes_on_in_the_same_draft(world, signed_in):
    client = signed_in(world.gp)
    refused = fill_in(client, "/refer/new", {"given_name": "Inês"})
    action = refused.text.split('action="')[1].split('"')[0]
    mended = client.post(action, data={**hidden(refused.text), **PERSON})
    assert mended.location == action.replace("/who", "/contact")
    assert client.get("/refer/").text.count("Throw away") == 1


def test_a_double_click_begins_one_draft(world, signed_in):
    client = signed_in(world.gp)
    page = hidden(client.get("/refer/new").text)
    first, second = (client.post("/refer/new", data={**page, **PERSON}) for _ in range(2))
    assert first.location == second.location


def test_a_page_with_mistakes_is_kept_but_not_done(world, signed_in):
    client = signed_in(world.gp)
    folder = ready(world, client)
    refused = fill_in(client, folder + "contact", {"phone": "12", "practice": "own"})
    assert refused.status_code == 422
    assert client.get(folder + "check").location == folder + "contact"
    assert 'value="12"' in client.get(folder + "contact").text


def test_a_draft_opens_at_the_first_page_not_done(world, signed_in):
    client = signed_in(world.gp)
    folder = draft(client)
    assert client.get(folder + "check").location == folder + "contact"


def test_after_a_change_one_is_back_at_the_check(world, signed_in):
    client = signed_in(world.gp)
    folder = ready(world, client)
    changed = fill_in(client, folder + "who", {**PERSON, "given_name": "Inês"})
    assert changed.location == folder + "check"
    assert "Inês Almeida" in client.get(folder + "check").text


def test_a_colleague_goes_on_with_the_draft(world, signed_in):
    folder = ready(world, signed_in(world.gp))
    sent = fill_in(signed_in(world.nurse), folder + "check", {})
    assert sent.status_code == 303


def test_a_draft_holds_nothing_outside_its_sealed_blob(world, signed_in):
    folder = draft(signed_in(world.gp))
    with transaction(world.gp):
        kept = referrals.get(world.gp, id_of(folder))
        assert kept.person.identity.full_name == ""
        assert kept.draft.pages["who"]["given_name"] == ["Ines"]


def test_what_is_thrown_away_is_forgotten_but_the_act_is_not(world, signed_in):
    client = signed_in(world.gp)
    folder = ready(world, client)
    assert "Select why" in fill_in(client, folder + "throw-away", {}).text
    gone = fill_in(client, folder + "throw-away", {"reason": "person declined"})
    assert gone.location == "/refer/"
    assert "Ines" not in client.get("/refer/").text
    with transaction(world.gp):
        thrown = referrals.get(world.gp, id_of(folder))
        assert (thrown.status, thrown.draft) == (Status.CANCELLED, None)
        assert thrown.reason_code == "person declined"
        assert [one.kind for one in referrals.history(thrown)] == ["draft thrown away"]
    assert client.get(folder + "who").status_code == 409


def test_a_damaged_draft_does_not_hide_the_others(world, signed_in, owner):
    client = signed_in(world.gp)
    broken = id_of(draft(client, given_name="Bea"))
    draft(client, given_name="Ines")
    with owner.transaction():
        owner.execute("set local role trellis_policy")
        owner.execute(
            "update referral set draft_sealed = set_byte(draft_sealed, 60,"
            " get_byte(draft_sealed, 60) # 1) where id = %s",
            [broken],
        )
    listed = client.get("/refer/")
    assert listed.status_code == 200
    assert "This record cannot be opened" in listed.text
    assert "Ines" in listed.text


def test_every_page_of_a_draft_is_valid(world, signed_in):
    client = signed_in(world.gp)
    folder = ready(world, client)
    for name in ("who", "contact", "why", "check", "throw-away"):
        assert_valid(client.get(folder + name).text)


def test_the_other_pages_are_valid(world, signed_in):
    client = signed_in(world.gp)
    sent = fill_in(client, ready(world, client) + "check", {}).location
    draft(client)
    for path in ("/refer/", "/refer/new", "/refer/find", sent, sent.replace("/sent", "/paper")):
        assert_valid(client.get(path).text)
