import random

import pytest

from app.ui.fields import NhsNumberField, NumberField
from app.ui.fields.numbers import is_nhs_number

GOOD = "9990000018"


@pytest.mark.parametrize(
    "typed",
    [
        "9990000018",
        "999 000 0018",
        " 999-000-0018 ",
        "999.000.0018",
        "９９９ ０００ ００１８",
        "999–000–0018",
    ],
)
def test_an_nhs_number_is_read_however_it_is_spaced(filled, typed):
    field = filled(NhsNumberField("NHS number"), typed)
    assert not field.errors
    assert field.data == GOOD
    assert field._value() == "999 000 0018"


@pytest.mark.parametrize("typed", ["999 000 001", "99900000189", "999 000 OO18", "NHS 9990000018"])
def test_what_is_not_ten_digits_is_told_what_ten_digits_look_like(filled, typed):
    field = filled(NhsNumberField("NHS number"), typed)
    assert field.errors == ["NHS number must be 10 digits, like 999 000 0018"]
    assert field._value() == typed
    assert field.data == ""


def test_every_single_mistyped_digit_is_noticed():
    for place in range(10):
        for digit in set("0123456789") - {GOOD[place]}:
            assert not is_nhs_number(GOOD[:place] + digit + GOOD[place + 1 :])


def test_two_neighbouring_digits_swapped_are_noticed():
    drawn = random.Random(1)
    for _ in range(500):
        number = str(drawn.randrange(10**9, 10**10))
        if is_nhs_number(number):
            for place in range(9):
                swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
                assert swapped == number or not is_nhs_number(swapped)


def test_nine_digits_have_one_check_digit_or_none():
    heads = [f"{head:09d}" for head in range(999000000, 999000200)]
    possible = [sum(is_nhs_number(f"{one}{digit}") for digit in range(10)) for one in heads]
    assert set(possible) == {0, 1}


@pytest.mark.parametrize(("typed", "number"), [("45", 45), (" 1 ", 1), ("600", 600), ("٤٥", 45)])
def test_a_whole_number_within_its_bounds_is_read(filled, typed, number):
    assert filled(NumberField("Minutes", 1, 600), typed).data == number


@pytest.mark.parametrize("typed", ["0", "601", "4.5", "an hour", "1e2", "9" * 19, "-5"])
def test_another_number_is_told_the_bounds(filled, typed):
    field = filled(NumberField("Minutes", 1, 600), typed)
    assert field.errors == ["Minutes must be a whole number from 1 to 600"]
    assert field._value() == typed


def test_nought_is_an_answer_and_nothing_is_none(filled):
    assert filled(NumberField("How many?", 0, 9, required="Enter how many"), "0").errors == []
    assert filled(NumberField("How many?", 0, 9), "").data is None
