from types import SimpleNamespace

import pytest

from app.access import Permission, rule
from app.core.errors import Denied


@rule("tall")
def tall(actor, _subject):
    return actor.height > 180


@rule("the owner")
def owner(actor, subject):
    return actor.name == subject.owner


ANN, BOB = SimpleNamespace(name="Ann", height=190), SimpleNamespace(name="Bob", height=150)
HOUSE = SimpleNamespace(owner="Bob")


def test_rules_join_into_words_that_can_be_read():
    assert (tall & owner).words == "tall and the owner"
    assert (tall | owner).words == "(tall or the owner)"


@pytest.mark.parametrize(
    ("joined", "ann", "bob"), [(tall & owner, False, False), (tall | owner, True, True)]
)
def test_a_joined_rule_asks_both(joined, ann, bob):
    permission = Permission("paint the house", joined)
    assert permission.allows(ANN, HOUSE) is ann
    assert permission.allows(BOB, HOUSE) is bob


def test_a_refusal_says_who_may():
    with pytest.raises(Denied, match=r"paint the door.*the owner"):
        Permission("paint the door", owner).require(ANN, HOUSE)
