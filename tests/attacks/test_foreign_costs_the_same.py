"""What belongs to others and what does not exist ask the database for the same work.

Wall time would tell more of the machine than of us. `test_foreign_is_absent` holds the statements
of every route to be the very same; here the pages that a look-up touches are counted over many
tries, and may differ by no more than chance does.
"""

import statistics
import uuid

import pytest

from app.core.db import session, transaction
from app.core.errors import NotFound
from referrals.record.queries import referral as referrals
from tests.attacks.test_foreign_is_absent import strangers

TRIES, PAGES_APART = 30, 4


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
