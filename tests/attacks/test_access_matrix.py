"""Every route, every method, every role in every place: who gets through and who does not.

The table is in `tests/attacks/matrix/table`, a module a room. Each line of it is tried with real
sessions against rows that really exist; POSTs carry a good token and a fresh key, so that a
refusal comes from the rule about access and not from the form.
"""

from itertools import cycle

import pytest

from tests.attacks.matrix.addresses import addresses
from tests.attacks.matrix.route import SEES, Answer
from tests.attacks.matrix.table import TABLE
from tests.attacks.matrix.who import EVERYBODY, in_order

WRITE_WHERE = (
    "Say who may use it: a line in tests/attacks/matrix/table/{room}.py, such as\n"
    '    "{endpoint}": Route(anywhere(Role.TEAM_LEAD)),      # a page that names no record\n'
    '    "{endpoint}": Route(WORKING, "referral"),           # one that does (route.py: SEES)\n'
)


def unnamed(application):
    """What is served and not in the matrix."""
    return sorted({rule.endpoint for rule in application.url_map.iter_rules()} - set(TABLE))


def test_the_matrix_and_the_application_name_the_same_routes(application):
    for endpoint in unnamed(application):
        room = endpoint.split(".")[0]
        pytest.fail(
            f"{endpoint} is not in the access matrix. "
            + WRITE_WHERE.format(room=room, endpoint=endpoint)
        )
    served = {rule.endpoint for rule in application.url_map.iter_rules()}
    assert set(TABLE) - served == set(), "the matrix names routes that are not served"


def test_the_matrix_lets_nobody_use_a_record_that_they_do_not_see():
    for endpoint, route in TABLE.items():
        if route.record:
            assert route.may <= SEES[route.record], endpoint


@pytest.mark.parametrize("endpoint", TABLE)
def test_who_may_not_is_refused_and_nothing_changes(endpoint, tries, records, everything_stored):
    route, ids = TABLE[endpoint], records.live(TABLE[endpoint].record)
    refused = [one for one in in_order(EVERYBODY) if route.expected(one) is not Answer.THROUGH]
    for who in refused:
        tries.cast.token(who)
    before, wrong = everything_stored(), []
    for method in tries.methods(endpoint):
        # Each of a closed set of words in turn: which word it is does not decide who may.
        every = cycle(addresses(tries.application, tries.rule(endpoint), ids))
        for who, address in zip(refused, every, strict=False):
            told, expected = tries.as_who(who, endpoint, method, address), route.expected(who)
            if told is not expected:
                wrong.append(f"{method} {address}: {who} {told}, not {expected}")
    assert wrong == []
    assert everything_stored() == before
