"""The pages of a referrer, as a browser without scripts sees them."""

import re

import pytest

from app.core.db import transaction
from referrals.record.models.status import Status
from referrals.record.queries import referral as referrals
from tests.world import World, need_id

WHO = {
    "given_name": "Ines",
    "family_name": "Almeida",
    "date_of_birth-day": "27",
    "date_of_birth-month": "March",
    "date_of_birth-year": "1948",
}
CONTACT = {"phone": "01632 960001", "phone_safe": "y", "practice": "own"}


@pytest.fixture
def world(database):
    return World(database)


def why(world, **more):
    with transaction(world.gp):
        return {
            "needs": [str(need_id("company.lonely")), str(need_id("money.debt"))],
            "reason": "Lost her husband in spring",
            "urgency": "routine",
            "risks": "none",
            "agreement": "agreed",
            "reply_to": "surgery@example.org",
            **more,
        }


def send_form(client, path, answers):
    """Open a page and send it back with these answers, hidden fields included."""
    shown = client.get(path)
    return client.post(path, data={**hidden(shown.text), **answers})


def hidden(html):
    found = re.findall(r'<input[^>]*type="hidden"[^>]*>', html)
    return {
        re.search(r'name="([^"]+)"', one)[1]: re.search(r'value="([^"]*)"', one)[1] for one in found
    }


def filled_in(world, client, **more):
    """Fill in a new draft; the address of its check page."""
    first = send_form(client, "/refer/new", {**WHO, **more.get("who", {})})
    assert first.status_code == 303
    second = send_form(client, first.location, {**CONTACT, **more.get("contact", {})})
    assert second.status_code == 303
    third = send_form(client, second.location, why(world, **more.get("why", {})))
    assert third.status_code == 303
    return third.location


def test_four_pages_send_a_referral(world, signed_in):
    client = signed_in(world.gp)
    check = filled_in(world, client)
    assert "Ines Almeida" in client.get(check).text
    sent = send_form(client, check, {})
    assert sent.status_code == 303
    shown = client.get(sent.location)
    assert "Referral sent" in shown.text
    referral_id = check.split("/")[2]
    with transaction(world.lead):
        assert referrals.get(world.lead, referral_id).status == Status.REQUESTED
