"""GP practices come from a file, and a referral names one by code or by name."""

from pathlib import Path

import pytest

from app.core.db import NOBODY, transaction
from app.core.errors import Invalid
from directory import catalogue
from directory.importing import practices
from referrals.refer.forms.contact import ContactForm
from referrals.refer.models.desk import Desk

REAL = Path(__file__).parents[4] / "shared" / "data" / "ods" / "epraccur.csv"
DESK = Desk("Library", "other referrer", "", "", "", ())


def line(code, name, *, town="SALTMERE", status="A", closed="", setting="4"):
    """One line of epraccur."""
    row = [""] * 27
    row[0], row[1], row[5], row[6], row[9] = code, name, "1 QUAY STREET", town, "QS1 1AA"
    row[11], row[12], row[25] = closed, status, setting
    return ",".join(f'"{one}"' for one in row) + "\r\n"


@pytest.fixture
def loaded(owner, tmp_path):
    """Four practices, of which one has closed, and a hospital."""
    file = tmp_path / "epraccur.csv"
    file.write_text(
        line("Q90001", "NUMBAT HEALTH CENTRE")
        + line("Q90002", "ST MARY'S NUMBAT SURGERY", town="LONG FURROW")
        + line("Q90003", "OLD NUMBAT SURGERY", status="C", closed="20171031")
        + line("Q90004", "DR O'MALLEY & PARTNERS")
        + line("Q90005", "NUMBAT HOSPITAL", setting="9")
    )
    return practices.load(owner, file)


def found(typed):
    with transaction(NOBODY):
        return [one.label for one in catalogue.practices(typed)]


def test_a_practice_is_found_by_code_or_by_any_of_its_words(loaded):
    assert loaded == {"open": 3, "closed": 1, "not a GP practice": 1}
    assert found("q90001") == ["Numbat Health Centre (Q90001)"]
    assert found("numbat") == [
        "Numbat Health Centre (Q90001)",
        "St Mary's Numbat Surgery (Q90002)",
        "Old Numbat Surgery (Q90003)",
    ]
    assert found("numbat furrow") == ["St Mary's Numbat Surgery (Q90002)"]
    assert found("o'malley") == ["Dr O'Malley & Partners (Q90004)"]
    assert found("Numbat Health Centre (Q90001)") == ["Numbat Health Centre (Q90001)"]
    for nothing in ("", "%", "_", "' | 'a", "numbat zzz", "Q90005"):
        assert found(nothing) == []


def test_a_file_that_is_something_else_is_refused(owner, tmp_path):
    file = tmp_path / "other.csv"
    for text in ("", "code,name\nA,B\n", line("Q90009", "HOSPICE", setting="9")):
        file.write_text(text)
        with pytest.raises(Invalid):
            practices.load(owner, file)


def test_the_real_file_loads_and_loads_again(owner):
    if not REAL.is_file():
        pytest.skip("epraccur is not on this machine")
    first = practices.load(owner, REAL)
    assert first["open"] > 6_000
    assert practices.load(owner, REAL) == first
    assert "Densham" in found("densham stockton")[0]


@pytest.fixture
def filled_in(application):
    """The contact page of a referral, as somebody sent it."""

    def fill(**answers):
        reach = {"phone": "01632 960100", "practice": "other"}
        sent = application.test_request_context(method="POST", data=reach | answers)
        with sent, transaction(NOBODY):
            form = ContactForm(DESK, catalogue.practices, meta={"csrf": False})
            return form.validate(), form

    return fill


def test_a_referral_asks_which_of_several_practices_it_is(loaded, filled_in):
    good, form = filled_in(other_practice="numbat surgery")
    assert not good
    listed = [code for code, _ in form.found_practice.choices]
    assert listed == ["Q90002", "Q90003", "not listed"]
    assert form.found_practice.errors
    assert "closed" in form.found_practice.choices[1][1]

    good, form = filled_in(other_practice="numbat surgery", found_practice="Q90002")
    assert good, form.errors
    stored = form.to_contact()
    assert (stored.practice_code, stored.practice_name) == ("Q90002", "St Mary's Numbat Surgery")


def test_a_code_is_taken_and_what_nobody_knows_is_kept_as_typed(loaded, filled_in):
    good, form = filled_in(other_practice="q90001")
    assert good
    assert form.to_contact().practice_name == "Numbat Health Centre"
    good, form = filled_in(other_practice="Meddygfa Zzyzx")
    assert good
    assert form.to_contact().practice_name == "Meddygfa Zzyzx"
    good, form = filled_in(other_practice="furrow numbat", found_practice="not listed")
    assert good
    assert form.to_contact().practice_name == "furrow numbat"
