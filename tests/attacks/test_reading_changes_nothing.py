"""A GET changes nothing: every page, as everybody who may see it, leaves every table as it was.

Only what notes the reading itself is left out: the audit, and the use of the session. On each
page for somebody who has signed in stands the way out as well.
"""

import pytest

from tests.attacks.matrix.route import Answer, Door
from tests.attacks.matrix.table import TABLE
from tests.attacks.matrix.who import EVERYBODY, Who, in_order

NOTES = ("audit",)


def one_of_each_role(endpoint: str) -> list[Who]:
    """Of those whom a route lets through, one for each role."""
    route = TABLE[endpoint]
    welcome = [one for one in in_order(EVERYBODY) if route.expected(one) is Answer.THROUGH]
    return list({one.role: one for one in welcome}.values())


def by_table(stored: list[str]) -> dict[str, str]:
    named = (one.partition(" ") for one in stored)
    return {name: rest for name, _, rest in named if not name.startswith(NOTES)}


@pytest.fixture(scope="module")
def reads(application, tries, records):
    """Every address that is read, with those who read it."""
    return [
        (who, endpoint, address)
        for endpoint in TABLE
        if "GET" in tries.methods(endpoint)
        for who in one_of_each_role(endpoint)
        for method, address in tries.each(endpoint, records.live(TABLE[endpoint].record))
        if method == "GET"
    ]


def test_no_page_changes_anything_for_anybody_who_may_see_it(reads, tries, everything_stored):
    for who, _, _ in reads:
        tries.cast.client(who)
    before, failed, shut_in = by_table(everything_stored()), [], set()
    for who, endpoint, address in reads:
        answer = tries.ask(tries.cast.client(who), "", endpoint, "GET", address)
        # What names no record of ours is read all the same, though there may be nothing there.
        if answer.status_code >= 400 and TABLE[endpoint].record:
            failed.append(f"{address}: {who} {answer.status_code}")
        shown = answer.mimetype == "text/html" and answer.status_code == 200
        mine = TABLE[endpoint].door is Door.ACTOR
        if shown and mine and 'href="/sign-out"' not in answer.text:
            shut_in.add(endpoint)
        answer.close()
    after = by_table(everything_stored())
    changed = sorted(name for name in after if after[name] != before.get(name))
    assert changed == [], "Send it as a POST"
    assert len(reads) > 150
    assert failed == []
    assert shut_in == set()


def test_head_and_options_change_nothing_either(reads, tries, everything_stored):
    before = by_table(everything_stored())
    for who, _endpoint, address in reads[::7]:
        for method in ("HEAD", "OPTIONS"):
            tries.cast.client(who).open(address, method=method).close()
    assert by_table(everything_stored()) == before
