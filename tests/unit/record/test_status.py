import itertools
from datetime import date

import pytest

from app.core.errors import Conflict, Invalid
from referrals.record.models.referral import Referral, new_reference
from referrals.record.models.status import NEEDS_REASON, NEXT, OPEN, Reason, Status


def referral(status):
    return Referral(status=status)


@pytest.mark.parametrize(("now", "then"), list(itertools.product(Status, Status)))
def test_a_referral_goes_only_where_the_table_of_states_says(now, then):
    one = referral(now)
    if then in NEXT.get(now, set()):
        one.move(then, Reason.OTHER)
        assert one.status == then
    else:
        with pytest.raises(Conflict):
            one.move(then, Reason.OTHER)
        assert one.status == now


@pytest.mark.parametrize("to", sorted(NEEDS_REASON - {Status.FAILED}))
def test_no_rejection_pause_or_withdrawal_goes_without_a_reason(to):
    one = referral(Status.REQUESTED)
    with pytest.raises(Invalid, match="Say why"):
        one.move(to)
    assert one.status == Status.REQUESTED


def test_a_failure_needs_a_reason_too():
    with pytest.raises(Invalid):
        referral(Status.IN_PROGRESS).move(Status.FAILED)


@pytest.mark.parametrize("before", [Status.REQUESTED, Status.ACCEPTED, Status.IN_PROGRESS])
def test_a_pause_comes_back_to_what_was_before(before):
    one = referral(before)
    one.hold(date(2027, 1, 8), Reason.OTHER)
    assert (one.status, one.on_hold_until) == (Status.ON_HOLD, date(2027, 1, 8))
    one.resume()
    assert (one.status, one.on_hold_until, one.reason_code) == (before, None, None)


def test_only_a_pause_can_be_resumed():
    with pytest.raises(Conflict):
        referral(Status.ACCEPTED).resume()


def test_an_ending_is_dated_and_nothing_follows_it():
    for status in set(Status) - OPEN:
        assert NEXT.get(status, set()) == set()
    one = referral(Status.REQUESTED)
    one.move(Status.REJECTED, Reason.FULL)
    assert one.closed_at is not None
    assert not one.is_open


def test_a_reference_can_be_read_aloud_and_spells_nothing():
    references = {new_reference() for _ in range(500)}
    assert len(references) == 500
    for one in references:
        assert len(one) == 9
        assert set(one) & set("AEIOU01L") == set()
