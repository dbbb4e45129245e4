"""CSV files that a spreadsheet opens without working anything out in them.

A cell that could be taken for a formula begins with an apostrophe.
"""

import csv
import re
import unicodedata
from collections.abc import Iterable
from typing import TextIO

# Spreadsheets of East Asia take the wide forms for the others.
STARTS_FORMULA = ("=", "+", "-", "@", "|", "%", "\N{MINUS SIGN}", "＝", "＋", "－", "＠")
# What it means is the same whether it is worked out or not.
NUMBER = re.compile(r"-?\d+(\.\d+)?", re.ASCII)
UNSEEN = {"Cc", "Cf", "Zs", "Zl", "Zp"}


def harmless(text: str) -> str:
    """The text so that no spreadsheet takes it for a formula."""
    seen = text.lstrip("'\"")
    while seen and unicodedata.category(seen[0]) in UNSEEN:
        seen = seen[1:].lstrip("'\"")
    risky = seen.startswith(STARTS_FORMULA) or text.lstrip("'")[:1] in {"\t", "\r", "\n"}
    return f"'{text}" if risky and not NUMBER.fullmatch(text) else text


def restored(cell: str) -> str:
    """The text that a cell was made of."""
    marked = cell.startswith("'") and harmless(cell[1:]) == cell
    return cell[1:] if marked else cell


class Sheet:
    """Writes rows to a file; nothing else in the house writes CSV."""

    def __init__(self, file: TextIO) -> None:
        self._writer = csv.writer(file)

    def row(self, cells: Iterable[object]) -> None:
        """Write one row."""
        self._writer.writerow([harmless(str(cell)) for cell in cells])
