"""Each field that may cross, in plain words."""

from datetime import date
from types import SimpleNamespace

import pytest

from directory.catalogue import Field
from referrals.onward.queries.lines import LABELS, WORDS, Subject, age_band, line
from referrals.record.models.person import (
    NO_KNOWN_PRACTICE,
    Channel,
    Contact,
    Identity,
    Requirements,
)
from referrals.record.models.referral import Narrative

CHANNELS = (
    Channel("e-mail", "ines@example.org", safe_to_leave_message=True),
    Channel("telephone", "01632 960001"),
    Channel("telephone", "07700 900001", safe_to_leave_message=True, preferred=True),
)

FIRST = "07700 900001 (preferred, safe to leave a message)"
BANDS = [
    *((9, "Under 18"), (17, "Under 18"), (18, "18 or 19"), (20, "20 to 29")),
    *((89, "80 to 89"), (97, "90 or over")),
]


def risk(risk_to, words, ended_on=None):
    return SimpleNamespace(
        risk_to=risk_to, ended_on=ended_on, safeguarding=SimpleNamespace(words=words)
    )


def subject(risks=(), risks_known=True, **more):
    person = SimpleNamespace(
        identity=Identity("Ines", "Almeida", date(1948, 3, 27), preferred_name="Nes"),
        contact=Contact("1 Sea Lane", "QS1 1AB", CHANNELS, "Y90001", "Elm Street Surgery"),
        requirements=Requirements(("large print",), interpreter_language="Portuguese"),
        **more,
    )
    narrative = Narrative(reason="Grief.", own_words="I miss the choir.")
    referral = SimpleNamespace(person=person, narrative=narrative, risks_known=risks_known)
    return Subject(referral, None, "Debt", risks)


@pytest.mark.parametrize(
    ("field", "words"),
    [
        (Field.NAME, "Ines Almeida"),
        (Field.PREFERRED_NAME, "Nes"),
        (Field.DATE_OF_BIRTH, "27 March 1948"),
        (Field.EMAIL, "ines@example.org (safe to leave a message)"),
        (Field.ADDRESS, "1 Sea Lane\nQS1 1AB"),
        (Field.POSTCODE_AREA, "QS1"),
        (Field.NEEDS, "Debt"),
        (Field.REASON, "Grief."),
        (Field.OWN_WORDS, "I miss the choir."),
        (Field.ACCESS_NEEDS, "Information as: large print\nInterpreter for: Portuguese"),
        (Field.GP_PRACTICE, "Elm Street Surgery"),
        (
            Field.PHONE,
            f"{FIRST}\n01632 960001 (do not leave a message)",
        ),
    ],
)
def test_what_a_field_says(field, words):
    assert line(field, subject()) == words


def test_every_field_of_the_closed_list_has_words_and_a_label():
    assert set(WORDS) == set(LABELS) == set(Field)


@pytest.mark.parametrize(
    ("years", "band"),
    [
        (9, "Under 18"),
        (17, "Under 18"),
        (18, "18 or 19"),
        (20, "20 to 29"),
        (89, "80 to 89"),
        (97, "90 or over"),
    ],
)
def test_an_age_is_told_as_a_band(years, band):
    assert age_band(date(2026 - years, 1, 1), date(2026, 6, 1)) == band


def test_only_risks_that_concern_a_visit_are_told():
    risks = [risk("self", "Sad"), risk("visitors", "A large dog"), risk("others", "Old", date.min)]
    assert line(Field.VISIT_RISKS, subject(risks)) == "A large dog"
    assert line(Field.VISIT_RISKS, subject([risk("self", "Sad")])) == "None that concern a visit"
    assert line(Field.VISIT_RISKS, subject(risks_known=False)) == "No known risks"


def test_no_known_practice_is_said():
    one = subject()
    one.person.contact = Contact(practice_code=NO_KNOWN_PRACTICE)
    assert line(Field.GP_PRACTICE, one) == "No known GP practice"
