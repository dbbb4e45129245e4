"""Administrators record and end what two agencies have agreed; without it nothing is sent."""

import uuid

import pytest

from app.core.db import transaction
from app.identity.actor import Role
from app.identity.queries import agreement as agreements
from tests.integration.identity.test_people import send
from tests.pages import assert_valid
from tests.providers.browser import hidden

TERMS = {
    "purpose": "Social prescribing referrals",
    "starts_on-day": "1",
    "starts_on-month": "11",
    "starts_on-year": "2026",
}


@pytest.fixture
def two(member):
    return member(Role.ADMINISTRATOR, agency=f"Elm {uuid.uuid4().hex[:6]}"), member(
        Role.ADMINISTRATOR, agency=f"Oak {uuid.uuid4().hex[:6]}"
    )


def may_send(one, other):
    with transaction(one):
        return agreements.in_force(one.agency_id, other.agency_id)


def record(client, other, direction="to them", **more):
    answers = TERMS | {"agency": str(other.agency_id), "direction": direction} | more
    return send(client, "/agreements/new", **answers)


def test_the_page_says_what_cannot_be_sent(two, signed_in):
    here, there = two
    page = signed_in(here).get("/agreements")
    assert_valid(page.text)
    assert "Nothing can be sent between two agencies without an agreement in force" in page.text
    assert there.agency_name in page.text
    assert not may_send(here, there)


@pytest.mark.parametrize(
    ("direction", "out", "back"),
    [("to them", True, False), ("to us", False, True), ("both", True, True)],
)
def test_an_agreement_is_recorded_for_the_direction_it_says(two, signed_in, direction, out, back):
    here, there = two
    assert record(signed_in(here), there, direction).status_code == 303
    assert (may_send(here, there), may_send(there, here)) == (out, back)
    for one in two:
        assert "In force" in signed_in(one).get("/agreements").text


def test_an_agreement_of_the_future_is_not_in_force(two, signed_in):
    here, there = two
    assert record(signed_in(here), there, **{"starts_on-year": "2027"}).status_code == 303
    assert not may_send(here, there)
    assert "Not started" in signed_in(here).get("/agreements").text


def test_an_ended_agreement_lets_nothing_through_and_stays_ended(two, signed_in, owner):
    here, there = two
    record(signed_in(here), there)
    address = f"/agreements/{only(owner, here)}/end"
    client = signed_in(there)
    form = hidden(client.get(address).text)
    assert [client.post(address, data=form).status_code for _ in range(2)] == [303, 303]
    assert not may_send(here, there)
    assert send(signed_in(here), address).status_code == 409


def test_an_agreement_cannot_end_before_it_starts_or_in_the_past(two, signed_in):
    here, there = two
    ends = {"ends_on-day": "1", "ends_on-month": "1", "ends_on-year": "2020"}
    answer = record(signed_in(here), there, **ends)
    assert answer.status_code == 422
    assert "must be today or in the future" in answer.text
    assert TERMS["purpose"] in answer.text


def test_nobody_ends_an_agreement_of_others(two, member, signed_in, owner):
    here, there = two
    record(signed_in(here), there)
    stranger = signed_in(member(Role.ADMINISTRATOR))
    agreement_id = only(owner, here)
    assert stranger.get(f"/agreements/{agreement_id}/end").status_code == 404
    assert stranger.get(f"/agreements/{uuid.uuid4()}/end").status_code == 404
    assert may_send(here, there)


def only(owner, actor):
    sql = "select id from sharing_agreement where from_agency_id = %s"
    return owner.execute(sql, [actor.agency_id]).fetchone()[0]


def test_an_agency_makes_no_agreement_with_itself_or_with_nobody(two, signed_in):
    here, _ = two
    client = signed_in(here)
    for other in (str(here.agency_id), str(uuid.uuid4()), "nonsense", ""):
        answers = TERMS | {"agency": other, "direction": "to them"}
        assert send(client, "/agreements/new", **answers).status_code == 422


@pytest.mark.parametrize("role", [one for one in Role if one is not Role.ADMINISTRATOR])
def test_nobody_but_an_administrator_keeps_agreements(two, member, signed_in, owner, role):
    here, there = two
    record(signed_in(here), there)
    client = signed_in(member(role, of=here))
    for address in ("/agreements", "/agreements/new", f"/agreements/{only(owner, here)}/end"):
        assert client.get(address).status_code == 403
