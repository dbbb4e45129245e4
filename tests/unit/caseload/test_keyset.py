"""Places in a list, and the words for steps."""

import uuid
from datetime import date

import pytest

from app.core.errors import Invalid
from referrals.record.models.referral import Step
from referrals.record.queries.keyset import Place, place
from referrals.record.words import STEPS, step_words


def test_a_place_comes_back_from_its_address():
    here = Place(2, date(2026, 11, 22), uuid.uuid4())
    assert place(str(here)) == here


def test_no_place_is_the_start():
    assert place("") is None


@pytest.mark.parametrize(
    "text", ["1", "1.2.3", "a.2026-11-22.b", f"1.2026-13-01.{uuid.UUID(int=1)}"]
)
def test_what_is_no_place_is_refused(text):
    with pytest.raises(Invalid):
        place(text)


def test_every_step_has_words():
    assert set(STEPS) == set(Step)
    assert step_words("first contact") == "First contact"
    assert step_words("something new") == "Something new"
