import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ui.fields import LineField, NameField, ReferenceField, WordsField
from app.ui.fields.asked import clean, clean_line

NAMES = [
    "Siân ap Dafydd",
    "李小龍",
    "محمد علی",
    "Ólafur Þór Jónsson",
    "Nguyễn Thị Minh",
    "O'Neill-Smith",
    "นางสาว ทดสอบ",
    "Ɓala",
    "می‌خواهم",
    "R2",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_in_any_script_is_kept_as_its_owner_writes_it(filled, name):
    field = filled(NameField("Given name", required="Enter the given name"), name)
    assert field.data == name
    assert not field.errors


def test_spaces_line_breaks_and_invisible_marks_do_not_get_into_a_name(filled):
    field = filled(NameField("Given name"), "  Ann\u202e\x00\tMarie\r\nLee\x07  ")
    assert field.data == "Ann Marie Lee"


def test_letters_typed_in_two_ways_are_stored_in_one(filled):
    assert filled(NameField("Name"), "Zoe\u0308").data == "Zo\u00eb"


def test_spaces_alone_are_no_answer(filled):
    field = filled(NameField("Given name", required="Enter the given name"), " \t ")
    assert field.errors == ["Enter the given name"]


def test_an_empty_optional_field_is_empty_text_without_a_complaint(filled):
    field = filled(LineField("Preferred name"), "")
    assert field.data == ""
    assert not field.errors


def test_text_that_is_too_long_says_by_how_much_and_is_not_cut(filled):
    field = filled(WordsField("Reason", limit=10), "a" * 12)
    assert field.errors == ["Shorten this to 10 characters or fewer: it has 12"]
    assert field.data == "a" * 12


def test_many_lines_keep_their_breaks_whatever_the_browser_sends(filled):
    assert filled(WordsField("Note"), "one\r\n  two\rthree\n").data == "one\n  two\nthree"


@given(st.text())
def test_cleaning_twice_changes_nothing_and_leaves_no_control_characters(text):
    once = clean(text, keep="\n")
    assert clean(once, keep="\n") == once
    assert "\x00" not in once
    assert clean_line(clean_line(text)) == clean_line(text)
    once.encode()


@pytest.mark.parametrize("typed", ["7k3m 92qx", "7K3M-92QX", " 7k3m–92qx.", "7K3M92QX"])
def test_a_reference_is_read_as_it_is_stored_and_shown_as_it_was_typed(filled, typed):
    field = filled(ReferenceField("Reference"), typed)
    assert field.data == "7K3M-92QX"
    assert f'value="{typed}"' in str(field.widget(field))


@pytest.mark.parametrize(("typed", "read"), [("", ""), ("–", ""), ("7k3", "7K3")])
def test_what_is_no_whole_reference_finds_nothing_and_breaks_nothing(filled, typed, read):
    assert filled(ReferenceField("Reference"), typed).data == read
