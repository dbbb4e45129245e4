"""What counts as unusual access, by its written definitions."""

import uuid

import pytest

from referrals.oversight.models.signs import (
    DEFINITIONS,
    Somebody,
    Staff,
    home_of,
    is_many,
    sign,
    usual_of,
)
from referrals.oversight.models.unusual import Kind
from referrals.oversight.words import KINDS, deed_words

PRIYA = Staff(uuid.uuid4(), "Priya Shah", "priya@team.example")
TOM = Staff(uuid.uuid4(), "Dr Tomás O'Brien")
HOME = home_of("1 Sea Lane, Saltmere", "qs1 1ab")


def person(given, family, *mails, home=""):
    return Somebody(uuid.uuid4(), given, family, frozenset(mails), home)


@pytest.mark.parametrize(
    ("who", "kind"),
    [
        (person("Priya", "Shah"), Kind.OWN_RECORD),
        (person("PRIYA Anjali", "shah"), Kind.OWN_RECORD),
        (person("P", "Elsewhere", "priya@team.example"), Kind.OWN_RECORD),
        (person("Tomas", "OBrien"), Kind.COLLEAGUE),
        (person("Ines", "Almeida", home=HOME), Kind.SAME_ADDRESS),
        (person("Anil", "Shah", home=HOME), Kind.SAME_ADDRESS),
        (person("Anil", "Shah"), Kind.SAME_SURNAME),
        (person("Ines", "Almeida"), None),
        (person("", ""), None),
    ],
)
def test_the_most_telling_sign_is_the_one_told(who, kind):
    assert sign(PRIYA, who, [PRIYA, TOM], {HOME}) == kind


def test_a_single_name_and_a_title_make_nobody_the_same():
    cher = Staff(uuid.uuid4(), "Dr Cher")
    assert sign(cher, person("", "Cher"), [cher], set()) is Kind.SAME_SURNAME
    nobody = Staff(uuid.uuid4(), "Dr")
    assert sign(nobody, person("", ""), [nobody], set()) is None


def test_addresses_are_compared_by_first_line_and_postcode():
    assert home_of("1 SEA LANE\nSaltmere", "QS1 1AB") == HOME
    assert home_of("12 Sea Lane", "QS1 1AB") != HOME
    assert home_of("", "QS1 1AB") == home_of("1 Sea Lane", "") == ""


@pytest.mark.parametrize(
    ("today", "before", "many"),
    [
        (61, [20, 20, 20, 5, 40], True),
        (60, [20, 20, 20, 5, 40], False),
        (19, [1, 1, 1, 1, 1], False),
        (20, [1, 1, 1, 1, 1], True),
        (500, [1, 1, 1, 1], False),
        (500, [], False),
    ],
)
def test_many_is_three_times_the_middle_day_and_at_least_twenty(today, before, many):
    assert is_many(today, usual_of(before)) is many


def test_each_kind_is_defined_and_has_a_heading():
    assert set(DEFINITIONS) == set(KINDS) == set(Kind)


def test_a_deed_without_words_of_its_own_can_still_be_read():
    assert deed_words("referral.viewed") == "Opened the record"
    assert deed_words("need.ended") == "Need ended"
