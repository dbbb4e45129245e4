"""What is read often is found through an index, with the walls up, at some thousand rows."""

import pytest

from app.identity.actor import Role
from tests.bench.cast import own_referrals
from tests.bench.explain import listening, plans_of
from tests.bench.fixtures import loaded

__all__ = ["loaded"]

# Read whole, these would take the longer the more there is.
GROWING = {
    "audit_event", "disclosure", "encounter", "goal", "message", "need", "onward_event",
    "onward_referral", "person", "person_index", "person_key", "plan_action", "referral",
    "referral_event", "relationship", "risk", "web_session",
}  # fmt: skip
LISTS = [
    ("/caseload/", Role.LINK_WORKER, "relationship_caseload"),
    ("/triage/", Role.TEAM_LEAD, None),
    ("/sent/?show=all", Role.REFERRER, None),
    ("/inbox/", Role.COORDINATOR, None),
]


def plans(loaded, member, path):
    """The plans of every statement that a page runs."""
    client = loaded.client(member)
    with listening() as asked:
        answer = client.get(path)
    assert answer.status_code == 200, answer.text[-2000:]
    return plans_of(member.actor, asked)


def whole(found):
    """Growing tables that are read from end to end, with the statement that does it."""
    return [(table, one.statement) for one in found for table in one.read_whole() & GROWING]


def gathered(found):
    """Statements for which the wall first gathers all that the agency is related to."""
    return [one.statement for one in found if any("hashed" in said for said in one.conditions())]


@pytest.mark.parametrize(("path", "role", "index"), LISTS)
def test_a_list_is_read_through_its_index(loaded, path, role, index):
    found = plans(loaded, loaded.busy(role), path)
    assert whole(found) == []
    assert gathered(found) == []
    if index:
        assert index in set().union(*(one.indexes() for one in found))


def test_the_page_of_a_referral_reads_no_table_whole(loaded):
    member = loaded.busy(Role.LINK_WORKER)
    referral_id = own_referrals(loaded.cast, member)[0]
    found = plans(loaded, member, f"/caseload/{referral_id}")
    assert whole(found) == []
    assert gathered(found) == []
