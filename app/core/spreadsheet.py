"""CSV files that a spreadsheet opens without working anything out in them.

A cell that could be taken for a formula begins with an apostrophe.
"""

import csv
import unicodedata
from collections.abc import Iterable
from typing import TextIO

# Spreadsheets of East Asia take the wide forms for the others.
STARTS_FORMULA = ("=", "+", "-", "@", "|", "%", "\N{MINUS SIGN}", "＝", "＋", "－", "＠")
UNSEEN = {"Cc", "Cf", "Zs", "Zl", "Zp"}


def harmless(text: str) -> str:
    """The text so that no spreadsheet takes it for a formula."""
    seen = text.lstrip("'\"")
    while seen and unicodedata.category(seen[0]) in UNSEEN:
        seen = seen[1:].lstrip("'\"")
    risky = seen.startswith(STARTS_FORMULA) or text[:1] in ("\t", "\r", "\n")
    return f"'{text}" if risky else text


class Sheet:
    """Writes rows to a file; nothing else in the house writes CSV."""

    def __init__(self, file: TextIO) -> None:
        self._writer = csv.writer(file)

    def row(self, cells: Iterable[object]) -> None:
        """Write one row."""
        self._writer.writerow([harmless(str(cell)) for cell in cells])
