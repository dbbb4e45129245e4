"""Whatever a feed holds, what comes out is plain, short, printable text."""

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.importing import cleaning


def test_tags_go_and_paragraphs_stay():
    said = "<p>Tea &amp; cake</p><p>Every&nbsp;<b>Tuesday</b><br>10am</p>"
    assert cleaning.text(said) == "Tea & cake\n\nEvery Tuesday\n10am"


@pytest.mark.parametrize(
    "dirt",
    [
        "<script>alert(1)</script>Tea",
        "<img src=x onerror=alert(1)>Tea",
        "&lt;script&gt;alert(1)&lt;/script&gt;Tea",
        "<style>*{display:none}</style>Tea",
        "<svg/onload=alert(1)>Tea",
        "Tea<!-- <script>alert(1)</script> -->",
        "\u202eTea\x00\ud800",
        "<p>\ud800Tea</p>",
    ],
)
def test_nothing_that_runs_or_turns_text_around_is_left(dirt):
    assert cleaning.text(dirt) == "Tea"


def test_a_sign_that_is_not_a_tag_stays():
    assert cleaning.text("age < 18 & under £5") == "age < 18 & under £5"


@given(st.text(st.characters() | st.sampled_from("<>&;\ud800\x00")))
def test_no_text_becomes_an_element_nor_refuses_to_be_stored(dirt):
    said = cleaning.line(dirt)
    assert "\x00" not in said
    said.encode("utf-8")
    assert len(said) <= 200


@given(st.lists(st.sampled_from(["<b>", "&lt;", "script", ">", "<", "/", "&amp;", " ", "x"])))
def test_cleaning_again_what_is_clean_makes_no_tag(parts):
    said = cleaning.text("".join(parts))
    tree = html5lib.parseFragment(said.replace("&", "&amp;").replace("<", "&lt;"))
    assert [one.tag for one in tree] == []


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("https://tea.org.uk/x?y=1", "https://tea.org.uk/x?y=1"),
        ("HTTP://tea.org.uk", "http://tea.org.uk"),
        ("www.tea.org.uk/times", "https://www.tea.org.uk/times"),
        ("", ""),
        (None, ""),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("https://user:word@tea.org.uk", None),
        ("https://tea.org.uk\\@evil.org", None),
        ("http://", None),
        ("http://[::1", None),
        ("ask at the desk", None),
        ("mailto:a@b.org", None),
    ],
)
def test_an_address_is_one_of_http_or_nothing(said, read):
    assert cleaning.url(said) == read


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("tea@tea.org.uk", "tea@tea.org.uk"),
        ("mailto:tea@tea.org.uk", "tea@tea.org.uk"),
        ("", ""),
        ("tea at tea", None),
        ("tea@nowhere.invalid", None),
        ("[email protected]", None),
        ("a@b.org, c@d.org", None),
    ],
)
def test_mail_that_could_never_arrive_is_left_out(said, read):
    assert cleaning.email(said) == read


@pytest.mark.parametrize(
    ("said", "read"),
    [("18", 18), (17.0, 17), (-1, None), (999, None), ("x", None), (None, None), ("1e999", None)],
)
def test_an_age_is_a_number_of_years_that_people_live(said, read):
    assert cleaning.age(said) == read
