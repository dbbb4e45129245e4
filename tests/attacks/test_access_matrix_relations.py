"""The access matrix, from every relation to a record: live, absent, ended, agreement ended; and
by those who have not signed in or may no longer come in.
"""

import pytest

from tests.attacks.matrix.addresses import addresses
from tests.attacks.matrix.cast import WITHDRAWN, said
from tests.attacks.matrix.route import RELATED, SEES, Answer, Door
from tests.attacks.matrix.table import TABLE
from tests.attacks.matrix.who import EVERYBODY, in_order


@pytest.mark.parametrize("endpoint", TABLE)
def test_who_may_gets_through(endpoint, tries, records):
    route, wrong = TABLE[endpoint], []
    for who in in_order(EVERYBODY):
        if route.expected(who) is not Answer.THROUGH:
            continue
        for method in tries.methods(endpoint):
            used_up = route.uses_up and method == "POST"
            ids = records.fresh(route.record) if used_up else records.live(route.record)
            for address in addresses(tries.application, tries.rule(endpoint), ids):
                told = tries.as_who(who, endpoint, method, address)
                if told is not Answer.THROUGH and route.door is Door.ACTOR:
                    wrong.append(f"{method} {address}: {who} {told}")
                if isinstance(told, str) and not told.startswith("status 4"):
                    wrong.append(f"{method} {address}: {who} {told}")
    assert wrong == []


@pytest.mark.parametrize("endpoint", [name for name, one in TABLE.items() if one.record])
def test_what_is_not_there_is_absent_for_everybody(endpoint, tries):
    route, wrong = TABLE[endpoint], []
    for method, address in tries.each(endpoint, {}):
        for who in in_order(SEES[route.record]):
            told = tries.as_who(who, endpoint, method, address)
            if told is not route.expected(who, exists=False):
                wrong.append(f"{method} {address}: {who} {told}")
    assert wrong == []


@pytest.mark.parametrize("endpoint", [name for name, one in TABLE.items() if one.record in RELATED])
def test_what_a_relationship_led_to_is_absent_once_it_has_ended(endpoint, tries, records):
    route, wrong = TABLE[endpoint], []
    for method, address in tries.each(endpoint, records.ended(route.record)):
        for who in in_order(SEES[route.record]):
            told = tries.as_who(who, endpoint, method, address)
            if told is not route.expected(who, exists=False):
                wrong.append(f"{method} {address}: {who} {told}")
    assert wrong == []


@pytest.mark.parametrize("endpoint", [name for name, one in TABLE.items() if one.record in RELATED])
def test_an_agreement_that_ended_changes_nothing_for_what_was_sent_before(
    endpoint, tries, records, owner, stage
):
    """It governs what is sent, not what was sent: the relationship stands until it ends."""
    route, wrong, ids = TABLE[endpoint], [], records.live(TABLE[endpoint].record)
    ended = "update sharing_agreement set ended_at = %s where to_agency_id = any(%s)"
    owner.execute(ended, ["2026-01-02", [stage.team, stage.charity]])
    try:
        for method, address in tries.each(endpoint, ids):
            for who in in_order(SEES[route.record]):
                told = tries.as_who(who, endpoint, method, address)
                if told is not route.expected(who):
                    wrong.append(f"{method} {address}: {who} {told}")
    finally:
        owner.execute(ended, [None, [stage.team, stage.charity]])
    assert wrong == []


@pytest.mark.parametrize("endpoint", TABLE)
def test_who_has_not_signed_in_is_asked_to(endpoint, tries, records, application):
    route, ids = TABLE[endpoint], records.live(TABLE[endpoint].record)
    for method, address in tries.each(endpoint, ids):
        answer = tries.ask(application.test_client(), "no token", endpoint, method, address)
        told = said(answer)
        if route.door is Door.PUBLIC:
            assert answer.status_code < 500, (method, address)
        else:
            assert told is Answer.SIGN_IN, (method, address)


@pytest.mark.parametrize("why", WITHDRAWN)
@pytest.mark.parametrize("endpoint", [name for name, r in TABLE.items() if r.door is Door.ACTOR])
def test_who_no_longer_belongs_waits_outside(endpoint, why, tries, records, cast):
    client, token = cast.shut_out(why)
    for method, address in tries.each(endpoint, records.live(TABLE[endpoint].record)):
        told = said(tries.ask(client, token, endpoint, method, address))
        assert told is (Answer.WAIT if method == "GET" else Answer.FORBIDDEN), (method, address)


def test_a_method_that_a_route_does_not_have_is_refused(tries, records, cast):
    lead = in_order(SEES["own session"])[0]
    for endpoint in TABLE:
        rule = tries.rule(endpoint)
        for method in {"GET", "POST", "PUT", "PATCH", "DELETE"} - rule.methods:
            address = next(addresses(tries.application, rule, {}))
            answer = cast.client(lead).open(address, method=method, buffered=True)
            assert answer.status_code in (404, 405), (method, address)
