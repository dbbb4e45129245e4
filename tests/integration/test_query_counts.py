"""A page asks the database as often for sixty people as for five."""

import re

import pytest

from app.identity.actor import Role
from tests.bench.cast import own_referrals
from tests.bench.explain import listening
from tests.bench.fixtures import loaded

__all__ = ["loaded"]

LISTS = [
    ("/caseload/", Role.LINK_WORKER, r'href="/caseload/[0-9a-f-]{36}"'),
    ("/triage/", Role.TEAM_LEAD, r'href="/triage/[0-9a-f-]{36}"'),
    ("/sent/?show=all", Role.REFERRER, r'href="/sent/[0-9a-f-]{36}"'),
    ("/inbox/", Role.COORDINATOR, r'href="/inbox/[0-9a-f-]{36}"'),
]
ROWS = 50


def asked_for(loaded, member, path):
    """How often a page asks, and the page; opened before, so that nothing is made ready."""
    client = loaded.client(member)
    client.get(path)
    with listening() as asked:
        answer = client.get(path)
    assert answer.status_code == 200, answer.text[-2000:]
    return len(asked), answer.text


@pytest.mark.parametrize(("path", "role", "row"), LISTS)
def test_a_full_list_asks_no_more_often_than_a_short_one(loaded, path, role, row):
    full, page = asked_for(loaded, loaded.busy(role), path)
    assert len(set(re.findall(row, page))) == ROWS
    short, page = asked_for(loaded, loaded.quiet(role), path)
    assert 0 < len(set(re.findall(row, page))) < ROWS
    assert full <= short


def test_the_page_of_a_referral_asks_no_more_often_when_more_has_happened(loaded):
    member = loaded.busy(Role.LINK_WORKER)
    sql = "select count(*) from encounter where referral_id = %(id)s"
    met = {
        one: loaded.cast.ask(sql, {"id": one})[0][0] for one in own_referrals(loaded.cast, member)
    }
    least, most = min(met, key=met.__getitem__), max(met, key=met.__getitem__)
    assert met[most] >= met[least] + 3
    few, _ = asked_for(loaded, member, f"/caseload/{least}")
    many, _ = asked_for(loaded, member, f"/caseload/{most}")
    assert many <= few


def test_a_search_asks_no_more_often_when_it_finds_more(loaded):
    member = loaded.busy(Role.REFERRER)
    many, page = asked_for(loaded, member, "/directory?words=group&area=QS1")
    few, short = asked_for(loaded, member, "/directory?words=%22fishing+circle%22&area=QS1")
    assert len(page) > len(short)
    assert many <= few
