"""An administrator decides where notices go and who vouches for the agency's people."""

import pytest

from app.identity.actor import Role
from tests.integration.identity.test_people import send
from tests.providers.browser import hidden

ISSUER = "https://sign-in.example.org"
ADDRESS = "/people/agency"


def stored(owner, actor):
    sql = "select notice_email, issuers from agency where id = %s"
    return owner.execute(sql, [actor.agency_id]).fetchone()


def test_the_address_for_notices_is_kept(member, signed_in, owner):
    boss = member(Role.ADMINISTRATOR)
    assert send(signed_in(boss), ADDRESS, notice_email="team@example.org").status_code == 303
    assert stored(owner, boss) == ("team@example.org", [])
    assert "team@example.org" in signed_in(boss).get(ADDRESS).text


def test_an_address_that_is_none_is_refused_and_not_lost(member, signed_in, owner):
    boss = member(Role.ADMINISTRATOR)
    answer = send(signed_in(boss), ADDRESS, notice_email="team at example")
    assert answer.status_code == 422
    assert "team at example" in answer.text
    assert stored(owner, boss) == (None, [])


def test_an_administrator_does_not_shut_themselves_out(member, signed_in, owner):
    boss = member(Role.ADMINISTRATOR)
    sql = "update agency set issuers = %s where id = %s"
    owner.execute(sql, [[ISSUER, "https://other.example.org"], boss.agency_id])
    client = signed_in(boss)
    only_other = {"issuers": ["https://other.example.org"]}
    assert send(client, ADDRESS, **only_other).status_code == 409
    assert send(client, ADDRESS, issuers=[ISSUER]).status_code == 303
    assert stored(owner, boss) == (None, [ISSUER])


def test_a_provider_that_nobody_set_up_is_not_offered(member, signed_in):
    client = signed_in(member(Role.ADMINISTRATOR))
    form = hidden(client.get(ADDRESS).text) | {"issuers": "https://evil.example.org"}
    assert client.post(ADDRESS, data=form).status_code == 422


@pytest.mark.parametrize("role", [one for one in Role if one is not Role.ADMINISTRATOR])
def test_nobody_else_changes_them(member, signed_in, role):
    assert signed_in(member(role)).get(ADDRESS).status_code == 403
