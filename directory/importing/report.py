"""The report of an import: every row that a person should look at, as a spreadsheet."""

import csv
from pathlib import Path
from typing import Self

from directory.importing.entry import Remark

COLUMNS = ("what was done", "id in the source", "name", "about", "value", "why")
# A spreadsheet would work these out as formulas.
FORMULAS = ("=", "+", "-", "@", "\t")


class Report:
    """Written as the import goes, so that it is there when the import is broken off."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self.rows = 0
        # Kept open from row to row; closed by __exit__.
        self._file = path.open("w", encoding="utf-8-sig", newline="") if path else None
        self._writer = csv.writer(self._file) if self._file else None
        if self._writer:
            self._writer.writerow(COLUMNS)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        if self._file:
            self._file.close()

    def add(self, remark: Remark) -> None:
        """Write one row."""
        self.rows += 1
        if self._writer:
            values = (remark.outcome, remark.external_id, remark.name, remark.about)
            self._writer.writerow(map(_harmless, (*values, remark.value, remark.reason)))


def _harmless(value: str) -> str:
    return f"'{value}" if value.startswith(FORMULAS) else value
