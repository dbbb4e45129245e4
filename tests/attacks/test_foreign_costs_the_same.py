"""What belongs to others and what does not exist ask the database for the same work.

`test_foreign_is_absent` holds the statements of every route to be the very same. Here the pages
that a look-up touches are counted over many tries, and pairs of requests are timed, one of each in
turn: a machine that is busy is busy with both.
"""

import math
import random
import statistics
import time
import uuid

import pytest

from app.core.db import session, transaction
from app.core.errors import NotFound
from referrals.record.queries import referral as referrals
from tests.attacks.matrix.addresses import addresses
from tests.attacks.matrix.table import TABLE
from tests.attacks.test_foreign_is_absent import strangers

TRIES, PAGES_APART = 30, 4
PAIRS, CHANCE, TENTH = 200, 1e-6, 0.1
TIMED = ("caseload.show",)


def test_a_foreign_referral_touches_no_more_of_the_database_than_one_that_is_not_there(
    records, cast
):
    stranger = cast.somebody(strangers("caseload.show")[0])
    foreign = records.live("referral")["referral_id"]
    work = {name: [] for name in ("foreign", "absent")}
    for turn in range(TRIES * 2):
        name = "foreign" if turn % 2 else "absent"
        work[name].append(touched(stranger, foreign if turn % 2 else uuid.uuid4()))
    apart = abs(statistics.median(work["foreign"]) - statistics.median(work["absent"]))
    assert apart <= PAGES_APART, work
    spread = statistics.pstdev(work["foreign"]) + statistics.pstdev(work["absent"])
    assert abs(statistics.mean(work["foreign"]) - statistics.mean(work["absent"])) <= max(
        PAGES_APART, 3 * spread
    ), work


def touched(actor, referral_id):
    """How many pages of tables and indexes this transaction read for one look-up."""
    with transaction(actor):
        asked = "explain (analyze, buffers, format json) select id from referral where id = '{}'"
        with pytest.raises(NotFound):
            referrals.get(actor, referral_id)
        plan = session.connection().exec_driver_sql(asked.format(referral_id)).scalar()
    top = plan[0]["Plan"]
    return top["Shared Hit Blocks"] + top["Shared Read Blocks"]


@pytest.mark.parametrize("endpoint", TIMED)
def test_their_answers_take_the_same_time(endpoint, tries, records, cast):
    stranger, rule = strangers(endpoint)[0], tries.rule(endpoint)
    client, dice = cast.client(stranger), random.Random(PAIRS)
    asked = {
        name: next(addresses(tries.application, rule, ids))
        for name, ids in (("foreign", records.live(TABLE[endpoint].record)), ("absent", {}))
    }
    took: dict[str, list[float]] = {name: [] for name in asked}
    for _ in range(PAIRS):
        for name in dice.sample(sorted(asked), 2):
            began = time.perf_counter()
            status = client.get(asked[name]).status_code
            took[name].append(time.perf_counter() - began)
            assert status == 404
    assert not told_apart(took["foreign"], took["absent"]), endpoint
    slower = [one * 1.2 for one in took["absent"]]
    assert told_apart(slower, took["absent"]), "a fifth more would have been noticed"


def told_apart(some, others):
    """Whether one is slower by a tenth, more often in its pair than chance would have it."""
    differences = [one - other for one, other in zip(some, others, strict=True)]
    rarer = min(sum(one > 0 for one in differences), sum(one < 0 for one in differences))
    count = len(differences)
    by_chance = 2 * sum(math.comb(count, less) for less in range(rarer + 1)) / 2**count
    apart = abs(statistics.median(differences)) / statistics.median(others)
    return by_chance < CHANCE and apart > TENTH
