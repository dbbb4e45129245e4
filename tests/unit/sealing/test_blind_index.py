"""Blind indexes: the same person is found however the name is written, and nobody else."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core import blind_index
from app.core.blind_index.digests import Terms, digests
from app.core.blind_index.folding import folded
from app.core.keys.key_file import Keys
from app.core.keys.ring import Ring, ring, use
from app.core.keys.root import LocalRoot

KEY, OTHER = b"k" * 32, b"o" * 32
BORN = date(1948, 7, 5)


@pytest.fixture(autouse=True)
def keys():
    used = Ring(LocalRoot(Keys((KEY,))), Keys((KEY,)))
    before = [ring()] if _configured() else []
    use(used)
    yield
    for one in before:
        use(one)


def _configured() -> bool:
    try:
        return bool(ring())
    except Exception:
        return False


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("O'Brien", "o brien"),
        ("O’Brien", "OBRIEN"),
        ("Núñez", "nunez"),
        ("Nu\u0301n\u0303ez", "NÚÑEZ"),
        ("Strauß", "STRAUSS"),
        ("Łukasiewicz", "lukasiewicz"),
        ("Østergård", "ostergard"),
        ("Smith-Jones", "Smith  Jones"),
        ("محمّد", "محمد"),
        ("ΠΑΠΑΔΌΠΟΥΛΟΣ", "παπαδόπουλος"),
    ],
)
def test_names_written_differently_fold_to_the_same(one, other):
    assert folded(one) == folded(other) != ""


@pytest.mark.parametrize(
    ("one", "other"), [("Smith", "Smyth"), ("李", "王"), ("कुमार", "कमर"), ("Иванов", "Іванов")]
)
def test_different_names_stay_different(one, other):
    assert folded(one) != folded(other)


@given(st.text())
def test_folding_twice_changes_nothing(name):
    assert folded(folded(name)) == folded(name)


def test_an_nhs_number_is_found_with_or_without_spaces():
    assert blind_index.nhs_number("999 000 1234") == blind_index.nhs_number("9990001234")
    assert blind_index.nhs_number("9990001234") != blind_index.nhs_number("9990001235")


def test_a_surname_alone_and_a_date_alone_say_nothing():
    assert digests(Terms(family_name="Okafor"), KEY) == []
    assert digests(Terms(date_of_birth=BORN), KEY) == []
    assert digests(Terms(family_name="--", date_of_birth=BORN), KEY) == []


def test_without_the_index_key_a_digest_cannot_be_made():
    mine = digests(Terms("9990001234", "Okafor", BORN), KEY)
    theirs = digests(Terms("9990001234", "Okafor", BORN), OTHER)

    assert [kind for kind, _ in mine] == ["nhs number", "name and birth"]
    assert not {digest for _, digest in mine} & {digest for _, digest in theirs}


def test_name_and_birth_is_one_digest_of_both_together():
    digest = blind_index.name_and_birth("Okafor", BORN)

    assert digest == blind_index.name_and_birth(" OKAFOR ", BORN)
    assert digest != blind_index.name_and_birth("Okafor", date(1948, 7, 6))
    assert digest != blind_index.name_and_birth("Okafo", BORN)
    assert len(digest) == 32
