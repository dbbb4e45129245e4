"""What the directory stands on is loaded from files, by an operator, as often as they like."""

import base64

import pytest
from click.testing import CliRunner

from app.core.db import NOBODY, transaction
from app.core.errors import Invalid
from app.directory_commands import directory_group
from directory import catalogue
from directory.actions import loading


@pytest.fixture
def environment(database):
    """The settings of the test database as an operator's shell has them."""
    keys = {
        f"TRELLIS_{name}_KEY": base64.b64encode(name[:1].encode() * 32).decode()
        for name in ("SECRET", "ROOT", "INDEX")
    }
    return {
        "TRELLIS_DATABASE_URL": database.url(),
        "TRELLIS_OWNER_DATABASE_URL": database.url("trellis_owner"),
        **keys,
    }


def test_the_commands_load_what_is_shipped(environment):
    for command in (
        ["load-needs"],
        ["load-postcodes", str(loading.DEMONSTRATION_POSTCODES)],
    ):
        for _ in range(2):
            result = CliRunner().invoke(directory_group, command, env=environment)
            assert result.exit_code == 0, result.output


def test_a_file_that_is_something_else_is_refused_in_plain_words(environment, tmp_path):
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("a,b\n1,2\n")
    result = CliRunner().invoke(directory_group, ["load-postcodes", str(wrong)], env=environment)
    assert result.exit_code == 1
    assert "The file cannot be read" in result.output


def test_every_need_has_a_group_a_profile_and_words_people_say(database):
    with transaction(NOBODY):
        groups = catalogue.terms()

    assert 25 <= sum(len(group.terms) for group in groups) <= 45
    for group in groups:
        assert group.terms, group.name
        assert all(len(term.synonyms) >= 3 for term in group.terms), group.name


def test_a_new_word_for_a_need_is_found_at_once(charity, owner, tmp_path):
    charity.lists("Thylacine tea", needs=("money.debt",))
    text = loading.NEEDS_FILE.read_text(encoding="utf-8")
    changed = tmp_path / "needs.csv"
    changed.write_text(text.replace("owe money;", "owe money; skintest;"), encoding="utf-8")

    loading.load_needs(owner, changed)

    with transaction(NOBODY):
        assert "Thylacine tea" in [
            card.name for card in catalogue.search("skintest", limit=1000).cards
        ]
    loading.load_needs(owner)


def test_a_profile_with_a_field_that_cannot_be_disclosed_changes_nothing(owner, tmp_path):
    wrong = tmp_path / "profiles.csv"
    wrong.write_text("code,name,fields,words\ncontact,X,name; shoe size,Words\n")

    with pytest.raises(Invalid, match="shoe size"):
        loading.load_needs(owner, profiles=wrong)
    names = owner.execute("select name from disclosure_profile where code = 'contact'").fetchall()
    assert names == [("Getting in touch",)]
