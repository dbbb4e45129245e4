import pytest

from app.ui.fields import EmailField, PhoneField, PostcodeField


@pytest.mark.parametrize(
    ("typed", "postcode"),
    [
        ("BN11 1AA", "BN11 1AA"),
        ("bn111aa", "BN11 1AA"),
        (" b n 1 1 1 a a ", "BN11 1AA"),
        ("s101ae", "S10 1AE"),
        ("M1-1AE", "M1 1AE"),
        ("ec1a.1bb", "EC1A 1BB"),
        ("w1a 0ax", "W1A 0AX"),
        ("gir0aa", "GIR 0AA"),
        ("ＢＮ１１ １ＡＡ", "BN11 1AA"),
    ],
)
def test_a_postcode_is_read_in_any_spacing(filled, typed, postcode):
    field = filled(PostcodeField("Postcode"), typed)
    assert (field.data, field.errors) == (postcode, [])


@pytest.mark.parametrize(
    "typed", ["BN11", "BN11 1A", "1BN 1AA", "BN11 1AI", "Worthing", "BN111 1AA"]
)
def test_a_postcode_that_is_not_whole_is_told_what_one_looks_like(filled, typed):
    field = filled(PostcodeField("Postcode"), typed)
    assert field.errors == ["Postcode must be a full postcode, like BN11 1AA"]
    assert field._value() == typed


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("01632 960001", "01632 960001"),
        ("(01632) 960-001", "01632 960001"),
        ("07700900982", "07700 900982"),
        ("+44 7700 900 982", "07700 900982"),
        ("+44 (0)7700 900982", "07700 900982"),
        ("0044 7700 900982", "07700 900982"),
        ("020 7946 0000", "020 7946 0000"),
        ("01632 960001 ext. 23", "01632 960001 ext 23"),
        ("+33 1 99 00 12 34", "+33199001234"),
        ("0033199001234", "+33199001234"),
    ],
)
def test_a_telephone_number_is_read_as_people_write_it(filled, typed, number):
    field = filled(PhoneField("Phone"), typed)
    assert (field.data, field.errors) == (number, [])


@pytest.mark.parametrize("typed", ["960001", "ring my son", "07700 900", "0" * 30, "+", "++4477"])
def test_another_number_is_told_what_one_looks_like(filled, typed):
    assert "like 01632 960 001" in filled(PhoneField("Phone"), typed).errors[0]


@pytest.mark.parametrize("typed", ["ann@example.org", "a.b+c@mail.example.org", "élan@exämple.org"])
def test_an_email_address_is_kept(filled, typed):
    assert filled(EmailField("Email"), typed).data == typed


@pytest.mark.parametrize(
    "typed", ["ann", "ann@", "a@b", "a b@example.org", "a@x.org,b@x.org", "a@@x.org"]
)
def test_another_is_told_what_one_looks_like(filled, typed):
    assert "like name@example.com" in filled(EmailField("Email"), typed).errors[0]


def test_a_very_long_address_is_refused_and_kept(filled):
    field = filled(EmailField("Email"), "a" * 300 + "@example.org")
    assert field.errors == ["Email must be 254 characters or fewer"]
