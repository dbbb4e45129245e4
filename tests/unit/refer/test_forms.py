"""What is typed on the pages, and what it becomes."""

from datetime import date

import pytest

from referrals.record.models.person import NO_KNOWN_PRACTICE, Channel
from referrals.record.models.referral import Agreement, Urgency
from referrals.refer.forms import typed
from referrals.refer.forms.contact import UNREACHABLE
from tests.unit.refer import stage
from tests.unit.refer.stage import PERSON, REACH, WHY, contact, request, who, why


@pytest.fixture(autouse=True)
def in_a_request():
    with request():
        yield


def mistakes(form):
    form.validate()
    return {name: said[0] for name, said in form.errors.items()}


def test_a_person_is_who_was_typed():
    form = who({**PERSON, "nhs_number": "999 000 0018", "gender": "2", "pronoun": "she/her"})
    assert not mistakes(form)
    identity = form.to_identity()
    assert (identity.full_name, identity.nhs_number) == ("Ines Almeida", "9990000018")
    assert (identity.date_of_birth, identity.gender) == (date(1948, 3, 27), "2")


@pytest.mark.parametrize(
    ("name", "text"),
    [("given_name", "Nguyễn"), ("family_name", "Ó Súilleabháin"), ("given_name", "李小龍")],
)
def test_a_name_is_kept_as_its_owner_writes_it(name, text):
    form = who({**PERSON, name: text})
    assert not mistakes(form)
    assert getattr(form.to_identity(), name) == text


def test_an_nhs_number_with_a_wrong_check_digit_is_refused_with_a_way_out():
    assert "leave it out" in mistakes(who({**PERSON, "nhs_number": "9990000019"}))["nhs_number"]


def test_channels_keep_whether_a_message_is_safe_and_the_first_is_preferred():
    form = contact({**REACH, "email": "ines@example.org", "email_safe": ""})
    assert not mistakes(form)
    assert form.to_contact().channels == (
        Channel("telephone", "01632 960001", True, True),
        Channel("e-mail", "ines@example.org", False, False),
    )


def test_somebody_who_cannot_be_reached_at_all_is_asked_about_once():
    assert mistakes(contact({"practice": "own"})) == {"phone": UNREACHABLE}


@pytest.mark.parametrize("name", ["other_phone", "email", "address"])
def test_one_way_to_reach_them_is_enough(name):
    text = {"other_phone": "01632 960002", "email": "i@example.org", "address": "1 Sea Lane"}
    assert not mistakes(contact({"practice": "own", name: text[name]}))


def test_a_mistyped_number_is_not_also_called_missing():
    assert "telephone number" in mistakes(contact({"practice": "own", "phone": "12"}))["phone"]


@pytest.mark.parametrize(
    ("answers", "stored"),
    [
        ({"practice": "own"}, ("Y90001", "Elm Street Surgery")),
        ({"practice": "none"}, (NO_KNOWN_PRACTICE, "")),
        ({"practice": "other", "other_practice": "y 90002"}, ("Y90002", "")),
        ({"practice": "other", "other_practice": "Quay Practice"}, ("", "Quay Practice")),
    ],
)
def test_the_practice_is_a_code_a_name_or_none(answers, stored):
    form = contact({**REACH, **answers})
    assert not mistakes(form)
    assert (form.to_contact().practice_code, form.to_contact().practice_name) == stored


def test_another_practice_needs_a_name():
    assert list(mistakes(contact({**REACH, "practice": "other"}))) == ["other_practice"]


def test_a_library_has_no_practice_of_its_own_to_offer():
    form = contact(desk=stage.LIBRARY)
    assert [value for value, _ in form.practice.choices] == ["other", "none"]
    assert form.practice.data is None


def test_no_known_risks_is_said_not_left_out():
    assert list(mistakes(why({**WHY, "risks": ""}))) == ["risks"]
    form = why(WHY)
    assert not mistakes(form)
    assert form.to_reasons().risk_to == ()


def test_a_risk_needs_words_and_whom_it_is_to():
    assert set(mistakes(why({**WHY, "risks": "known"}))) == {"risk_to", "risk_words"}
    said = {**WHY, "risks": "known", "risk_to": "visitors", "risk_words": "A dog"}
    form = why(said)
    assert not mistakes(form)
    assert (form.to_reasons().risk_to, form.to_reasons().risk_words) == (("visitors",), "A dog")


def test_words_about_a_risk_that_is_not_there_are_not_sent():
    form = why({**WHY, "risk_to": "self", "risk_words": "Nothing after all"})
    assert not mistakes(form)
    assert (form.to_reasons().risk_to, form.to_reasons().risk_words) == ((), "")


def test_not_asking_needs_a_reason():
    assert list(mistakes(why({**WHY, "agreement": "not sought"}))) == ["agreement_words"]
    form = why({**WHY, "agreement": "not sought", "agreement_words": "Could not be woken"})
    assert not mistakes(form)
    assert form.to_reasons().agreement is Agreement.NOT_SOUGHT


def test_with_one_team_there_is_no_question():
    form = why(WHY)
    assert "team" not in form
    assert form.to_reasons().team_id == stage.ELM.id


def test_with_several_teams_one_is_chosen_and_only_one_of_those_offered():
    assert list(mistakes(why(WHY, stage.LIBRARY))) == ["team"]
    form = why({**WHY, "team": str(stage.OAK.id)}, stage.LIBRARY)
    assert not mistakes(form)
    assert form.to_reasons().team_id == stage.OAK.id
    stranger = "5f2b5a52-4a3f-4bb0-8f5c-3f0d7f2b9a11"
    assert list(mistakes(why({**WHY, "team": stranger}, stage.LIBRARY))) == ["team"]


def test_routine_and_the_reply_are_filled_in():
    form = why()
    assert form.urgency.data == Urgency.ROUTINE
    assert form.reply_to.data == "surgery@example.org"


WRONG = {
    **PERSON,
    "nhs_number": "12 three",
    "date_of_birth-month": "Marchember",
    "preferred_name": "x" * 200,
}


@pytest.mark.parametrize("answers", [PERSON, WRONG])
def test_what_was_typed_is_kept_whole_mistakes_included(answers):
    form = who(answers)
    form.validate()
    again = who(typed.as_posted(typed.of(form)))
    again.validate()
    assert typed.of(again) == typed.of(form)
    assert again.errors == form.errors
    for name, text in answers.items():
        assert typed.of(form)[name] == [text]


def test_ticks_and_several_answers_are_kept():
    said = typed.as_posted(
        {"needs": [str(stage.LONELY.id), str(stage.DEBT.id)], "risks": ["known"]}
    )
    form = why(said)
    form.validate()
    assert typed.of(form)["needs"] == [str(stage.LONELY.id), str(stage.DEBT.id)]
    assert typed.of(contact(REACH))["phone_safe"] == ["y"]
    assert typed.of(contact({}))["phone_safe"] == []
