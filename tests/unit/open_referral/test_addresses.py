"""Addresses as the web writes them, whatever was typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import FormatChecker

from directory.open_referral.schemas.published import email_address, web_address


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("https://charity.example/a b", "https://charity.example/a%20b"),
        (" http://charity.example ", "http://charity.example"),
        ("https://charity.example/100%", "https://charity.example/100%25"),
        ("https://charity.example/a%20b", "https://charity.example/a%20b"),
        ("https://charity.example/#a#b", "https://charity.example/#a%23b"),
        ("https://charity.example/é", "https://charity.example/%C3%A9"),
        ("javascript:alert(1)", None),
        ("www.charity.example", None),
        ("https://", None),
        ("https://[half", None),
        ("https://charity.example:ninety", None),
        ("", None),
    ],
)
def test_a_web_address_is_written_as_others_can_follow_it(typed, written):
    assert web_address(typed) == written


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("hello@charity.example", "hello@charity.example"),
        (" hello@charity.example\n", "hello@charity.example"),
        ("hello at charity", None),
        ("a@b@c.example", None),
        ("", None),
    ],
)
def test_an_e_mail_address_is_one_or_is_left_out(typed, written):
    assert email_address(typed) == written


CHECKER = FormatChecker()


@given(st.text(max_size=40))
def test_whatever_follows_a_host_a_web_address_passes_the_uri_check(text):
    found = web_address("https://charity.example/" + text)
    if found is not None:
        CHECKER.check(found, "uri")
