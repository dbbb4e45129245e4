"""What is typed on lines becomes a list; endings have reasons."""

from referrals.finish.forms.ending import as_lines
from referrals.finish.words import NEED_CHOICES, NEED_ENDINGS
from referrals.record.models.need import NeedStatus


def test_lines_lose_their_bullets_and_blanks():
    assert as_lines(" - Ring her\n\n• Write\n* Wait \n") == ("Ring her", "Write", "Wait")
    assert as_lines("") == ()


def test_every_ending_of_a_need_has_words():
    assert set(NEED_ENDINGS) == set(NeedStatus)
    assert set(NEED_CHOICES) == set(NeedStatus) - {NeedStatus.OPEN}
