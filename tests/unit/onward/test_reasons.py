"""Why a service matches, what it does not say, and how earlier waits are told."""

from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import pytest

from app.core import clock
from directory.catalogue import Facility
from referrals.onward.queries import reasons, telling
from referrals.onward.queries.observed import NOTHING, Observed, Wait
from referrals.onward.queries.reasons import Asked
from referrals.record.models.person import Requirements
from tests.unit.onward.test_fit import CARD

CHOIR = replace(
    CARD,
    description="Songs by the sea",
    place="Harbour Hall",
    distance_km=1.5,
    needs=("Arts, music and making",),
    facilities=("step-free entrance",),
    languages=("Polish",),
    times_words=("Tuesdays, 10am",),
    phone="01632 960100",
)
EVERYTHING = Asked(
    needs=("Arts, music and making",),
    words="songs of the hill",
    years=70,
    access=(Facility.STEP_FREE, Facility.HEARING_LOOP),
    language="polish",
)


def test_everything_that_speaks_for_it_is_said():
    assert reasons.why(CHOIR, EVERYTHING) == [
        "Helps with Arts, music and making",
        "Says “songs”",
        "It is about 0.9 miles away",
        "For ages 55 and over; this person is 70",
        "It has a step-free entrance",
        "polish is spoken there",
    ]
    assert reasons.why(CARD, Asked()) == []


def test_what_is_not_said_is_to_be_asked_and_leaves_nothing_out():
    said = reasons.unsaid(CHOIR, replace(EVERYTHING, language="Urdu"))
    assert [one.split(":")[0] for one in said] == [
        "It does not say that it has a hearing loop",
        "It does not say that Urdu is spoken",
    ]
    # Where nobody goes to, nothing has to be step-free.
    assert reasons.unsaid(replace(CHOIR, place=""), Asked(access=(Facility.TOILET,))) == []


@pytest.mark.parametrize(
    ("said", "needs"),
    [
        ("", []),
        ("Uses a wheelchair", [Facility.STEP_FREE, Facility.TOILET]),
        ("Hard of hearing", [Facility.HEARING_LOOP]),
        ("Autistic, likes it quiet", [Facility.QUIET_ROOM]),
        ("Can’t walk far, no steps please. Blue badge", [Facility.STEP_FREE, Facility.PARKING]),
        ("Two hearing aids; brings her toddler", [Facility.HEARING_LOOP, Facility.CHANGING]),
        # False friends.
        ("Has Parkinson's and a heart condition", []),
        ("Loves walking in the park, drives herself", []),
        ("No mobility problems. Not deaf. No wheelchair", []),
        ("Looks forward to hearing from us in good time", []),
    ],
)
def test_access_needs_are_read_from_the_record(said, needs):
    person = SimpleNamespace(requirements=Requirements(mobility=said))
    assert reasons.access_needs(person) == needs


def test_a_word_is_found_whole_or_not_at_all():
    party = replace(CHOIR, name="Party choir", description="Every Thursday", needs=())
    assert reasons.why(replace(party, distance_km=None), Asked(words="art day")) == []
    assert reasons.why(replace(party, distance_km=None), Asked(words="PARTY")) == ["Says “party”"]


def test_each_facility_has_its_article():
    has = replace(CARD, facilities=tuple(Facility), ages_words="")
    assert reasons.why(has, Asked(access=(Facility.PARKING,))) == ["It has blue badge parking"]
    [said] = reasons.why(has, Asked(access=(Facility.TOILET, Facility.QUIET_ROOM)))
    assert said == "It has an accessible toilet and a quiet room"


def test_waits_say_how_many_how_old_and_when_they_are_too_few():
    now = clock.now()
    many = Wait(12, 3.2, now - timedelta(days=15))
    assert (
        many.words("Answered")
        == "Answered: half within 3 days, of 12 referrals (latest 15 days ago)"
    )
    once = Wait(1, 0.2, now).words("Answered")
    assert once.startswith("Answered on the same day, one referral (latest ")
    couple = Wait(2, 0.3, now).words("First attended")
    assert couple.startswith("First attended: half on the same day, of 2 referrals (latest ")
    assert once.endswith("too few to go by)")
    assert NOTHING.words == ["No earlier referral there in the last 12 months"]
    assert Observed(2, Wait(), Wait()).words == [
        "None of 2 referrals has been answered yet",
        "Nobody is known to have attended yet",
    ]


def test_the_person_is_told_the_next_thing_first():
    sent = telling.lines(CHOIR, NOTHING, can_send=True)
    assert sent[0].startswith("Good Neighbours will get in touch with you")
    assert "When: Tuesdays, 10am" in sent
    alone = telling.lines(CHOIR, NOTHING, can_send=False)
    assert alone[0] == "You can ring 01632 960100 yourself"
    assert "Ask what it costs" in alone
