"""What comes next, from the dates alone."""

from datetime import date, timedelta

import pytest

from referrals.caseload.actions.next_step import Contacts, after_contacts
from referrals.record.actions.next_step import Candidate
from referrals.record.models.referral import Step

DAY = date(2026, 11, 2)


def after(days):
    return DAY + timedelta(days=days)


def chosen(contacts, *, planned=False, more=()):
    found = [*after_contacts(contacts, planned=planned, since=DAY), *more]
    best = min(found, key=lambda one: one.pressing)
    return best.step, best.due


def test_with_nothing_else_a_review_four_weeks_after_it_was_sent():
    assert chosen(Contacts(), planned=True) == (Step.REVIEW, after(28))


def test_a_review_four_weeks_after_the_last_encounter():
    contacts = Contacts(latest=after(10), first_reached=after(1))
    assert chosen(contacts, planned=True) == (Step.REVIEW, after(38))


def test_a_plan_within_a_fortnight_of_reaching_them():
    contacts = Contacts(latest=after(3), first_reached=after(1))
    assert chosen(contacts) == (Step.MAKE_PLAN, after(15))


def test_no_plan_before_they_were_reached():
    assert chosen(Contacts(latest=after(3))) == (Step.REVIEW, after(31))


def test_a_follow_up_as_agreed():
    contacts = Contacts(latest=after(1), first_reached=after(1), follow_up=after(5))
    assert chosen(contacts) == (Step.FOLLOW_UP, after(5))


@pytest.mark.parametrize("latest", [5, 6])
def test_a_follow_up_is_settled_by_an_encounter_on_its_day_or_later(latest):
    contacts = Contacts(latest=after(latest), first_reached=after(1), follow_up=after(5))
    assert chosen(contacts, planned=True) == (Step.REVIEW, after(latest + 28))


def test_the_earliest_wins_and_ours_before_theirs_on_the_same_day():
    theirs = Candidate(Step.AWAIT_ANSWER, after(4), waiting=True)
    later = Candidate(Step.REVIEW_RISK, after(60))
    ours = Candidate(Step.ACTION, after(4))
    assert chosen(Contacts(), planned=True, more=[theirs, later])[0] == Step.AWAIT_ANSWER
    assert chosen(Contacts(), planned=True, more=[theirs, ours])[0] == Step.ACTION


def test_a_regular_review_waits_for_everything_else():
    far = Candidate(Step.AWAIT_ANSWER, after(300), waiting=True)
    assert chosen(Contacts(), planned=True, more=[far])[0] == Step.AWAIT_ANSWER
