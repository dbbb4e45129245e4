import enum
import uuid

import pytest

from app.ui.fields import (
    ChoiceField,
    ChoicesField,
    PickField,
    TickField,
    YesNoField,
    YesNoUnknown,
    YesNoUnknownField,
)


class Channel(enum.StrEnum):
    FACE = "face to face"
    PHONE = "telephone"


def test_a_member_comes_back_and_others_are_not_offered(filled):
    assert filled(ChoiceField("How?", Channel), "telephone").data is Channel.PHONE
    assert filled(ChoiceField("How?", Channel), "pigeon").errors == [
        "Select one of the answers shown"
    ]
    only = ChoiceField("How?", Channel, only=[Channel.FACE])
    assert filled(only, "telephone").errors == ["Select one of the answers shown"]


def test_no_answer_is_none_and_asked_for_when_needed(filled):
    assert filled(ChoiceField("How?", Channel)).data is None
    assert filled(ChoiceField("How?", Channel, required="Select how")).errors == ["Select how"]
    assert filled(PickField("How?", Channel, required="Select how"), "").errors == ["Select how"]


def test_several_answers_come_back_each_once(filled):
    field = filled(ChoicesField("Needs", Channel), "telephone", "face to face", "telephone")
    assert field.data == [Channel.PHONE, Channel.FACE]
    assert filled(ChoicesField("Needs", Channel, required="Select one")).errors == ["Select one"]
    assert filled(ChoicesField("Needs", Channel), "telephone", "pigeon").errors


def test_choices_from_elsewhere_are_read_by_their_kind(filled):
    one, other = uuid.uuid4(), uuid.uuid4()
    field = ChoiceField("Who?", [(one, "Ann")], coerce=uuid.UUID)
    assert filled(field, str(one)).data == one
    assert filled(field, str(other)).errors == ["Select one of the answers shown"]
    assert filled(field, "not a uuid").errors == ["Select one of the answers shown"]


@pytest.mark.parametrize(("typed", "answer"), [("yes", True), ("no", False)])
def test_no_is_an_answer(filled, typed, answer):
    field = filled(YesNoField("Safe?", required="Select yes or no"), typed)
    assert (field.data, field.errors) == (answer, [])


def test_not_known_is_not_the_same_as_no_answer(filled):
    assert filled(YesNoUnknownField("Carer?"), "not known").data is YesNoUnknown.UNKNOWN
    assert filled(YesNoUnknownField("Carer?")).data is None


def test_a_tick_can_be_asked_for(filled):
    assert filled(TickField("Agreed", required="Tick it")).errors == ["Tick it"]
    assert filled(TickField("Agreed", required="Tick it"), "y").data is True
    assert filled(TickField("Agreed")).data is False
