"""The report of an import: every row that a person should look at, as a spreadsheet."""

from pathlib import Path
from typing import Protocol, Self

from app.core.spreadsheet import Sheet
from directory.importing.entry import Remark

COLUMNS = ("what was done", "id in the source", "name", "about", "value", "why")


class Remarks(Protocol):
    """Whoever takes what a person should look at."""

    def add(self, remark: Remark) -> None:
        """Take one."""


class Kept:
    """The first of them, to be stored; all of them, counted."""

    def __init__(self, most: int) -> None:
        self.most, self.rows = most, 0
        self.remarks: list[Remark] = []

    def add(self, remark: Remark) -> None:
        """Take one."""
        self.rows += 1
        if len(self.remarks) < self.most:
            self.remarks.append(remark)


class Report:
    """Written as the import goes, so that it is there when the import is broken off."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self.rows = 0
        # Kept open from row to row; closed by __exit__.
        self._file = path.open("w", encoding="utf-8-sig", newline="") if path else None
        self._sheet = Sheet(self._file) if self._file else None
        if self._sheet:
            self._sheet.row(COLUMNS)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        if self._file:
            self._file.close()

    def add(self, remark: Remark) -> None:
        """Write one row."""
        self.rows += 1
        if self._sheet:
            values = (remark.outcome, remark.external_id, remark.name, remark.about)
            self._sheet.row((*values, remark.value, remark.reason))
