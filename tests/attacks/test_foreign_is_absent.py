"""What belongs to others and what does not exist are told apart by nobody: the same bytes, after
the same statements.
"""

import re
import uuid

import pytest

from tests.attacks.matrix.addresses import addresses
from tests.attacks.matrix.route import SEES, Answer
from tests.attacks.matrix.table import TABLE
from tests.attacks.matrix.who import ELSEWHERE, EVERYBODY, HOLDER, in_order
from tests.counting import statements

OF_RECORDS = [name for name, one in TABLE.items() if one.record]
# Drawn afresh for every answer, whatever was asked for.
DRAWN = re.compile(r"nonce-[A-Za-z0-9_-]+")
ONCE_A_MINUTE = "UPDATE web_session SET last_seen_at"
FRESH_HEADERS = {"X-Request-Id", "Date", "X-RateLimit-Remaining", "X-RateLimit-Reset"}


def whole(answer):
    """An answer without what is drawn afresh for each: its reference, its nonce, the date."""
    headers = [
        (name, DRAWN.sub("nonce", value))
        for name, value in answer.headers
        if name not in FRESH_HEADERS
    ]
    return answer.status_code, sorted(headers), answer.data


def strangers(endpoint):
    """Those who hear 404 about a record that exists: one of each place."""
    route = TABLE[endpoint]
    found = {}
    for who in in_order(EVERYBODY):
        if route.expected(who) is Answer.ABSENT:
            found.setdefault(who.place, who)
    return [found[place] for place in sorted(found)]


@pytest.mark.parametrize("endpoint", OF_RECORDS)
def test_a_foreign_record_and_an_absent_one_get_the_same_answer(endpoint, tries, records, cast):
    foreign, rule = records.live(TABLE[endpoint].record), tries.rule(endpoint)
    for method in tries.methods(endpoint):
        theirs = next(addresses(tries.application, rule, foreign))
        nobodys = next(addresses(tries.application, rule, {}))
        for who in strangers(endpoint):
            client, token, told = cast.client(who), cast.token(who), []
            for address in (theirs, nobodys):
                with statements() as asked:
                    answer = whole(tries.ask(client, token, endpoint, method, address))
                told.append((answer, [one for one in asked if ONCE_A_MINUTE not in one]))
            assert told[0][0][0] == 404, (method, theirs, who)
            assert told[0] == told[1], (method, theirs, who)


@pytest.mark.parametrize("endpoint", OF_RECORDS)
def test_the_page_does_not_repeat_what_was_asked_for(endpoint, tries, records, cast):
    ids = records.live(TABLE[endpoint].record)
    address = next(addresses(tries.application, tries.rule(endpoint), ids))
    method = tries.methods(endpoint)[0]
    for who in strangers(endpoint)[:1]:
        page = tries.ask(cast.client(who), cast.token(who), endpoint, method, address).text
        assert not [one for one in ids.values() if isinstance(one, uuid.UUID) and str(one) in page]


PARTS = [
    name
    for name, route in TABLE.items()
    if route.record == "referral" and HOLDER in route.may and name != "onward.signpost"
]


@pytest.mark.parametrize("endpoint", PARTS)
def test_a_part_of_another_record_cannot_be_reached_through_ones_own(
    endpoint, tries, records, cast
):
    """One's own referral in the address, and a need, goal, risk … of another one of the team."""
    mine, other = records.live("referral"), records.fresh("referral")
    rule = tries.rule(endpoint)
    if not rule.arguments - {"referral_id", "service_id"}:
        return
    for method in tries.methods(endpoint):
        for mixed in ({**other, "referral_id": mine["referral_id"]}, {**mine, **only(other)}):
            address = next(addresses(tries.application, rule, mixed))
            answer = tries.ask(cast.client(HOLDER), cast.token(HOLDER), endpoint, method, address)
            assert answer.status_code == 404, (method, address)


def only(ids):
    return {"referral_id": ids["referral_id"]}


def test_somebody_elsewhere_is_a_stranger_to_every_kind_of_record():
    here = {one for name in SEES for one in SEES[name] if name not in ("listing", "organisation")}
    assert not [one for one in here - SEES["service"] if one.place == ELSEWHERE]
