"""How triage says things."""

import uuid

import pytest

from referrals.record.models.status import Reason
from referrals.triage.queries.load import Load
from referrals.triage.views.judge import load_words
from referrals.triage.words import DECLINE


def test_every_reason_to_decline_has_words():
    assert set(DECLINE) == set(Reason)


@pytest.mark.parametrize(
    ("count", "overdue", "words"),
    [
        (0, 0, "No open referrals"),
        (1, 0, "1 open referral"),
        (12, 3, "12 open referrals, 3 overdue"),
    ],
)
def test_a_load_in_words(count, overdue, words):
    assert load_words(Load(uuid.uuid4(), "Priya", count, overdue)) == words
