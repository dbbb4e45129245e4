"""Opening whatever an operator names: an address, a file, a folder or a zip."""

import enum
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from app.core.errors import Invalid
from directory.importing.entry import Raw, Unreadable
from directory.importing.reading import columns, feed, tabular
from directory.importing.transport import Transport, read_json

Row = Raw | Unreadable


class Format(enum.StrEnum):
    """What a source is written in."""

    OPEN_REFERRAL = "open-referral"
    TABULAR = "tabular"
    CSV = "csv"


@dataclass(frozen=True)
class Source:
    """Where to read from, and how."""

    where: str
    format: Format | None = None
    mapping: Path | None = None
    details: bool = True
    loopback: bool = False

    def rows(self) -> Iterator[Row]:
        """Every service that the source says, unchecked."""
        if "://" in self.where:
            if self.format not in {None, Format.OPEN_REFERRAL}:
                raise Invalid(
                    "Over the web only Open Referral feeds are read; fetch the file first"
                )
            transport = Transport(loopback=self.loopback)
            return feed.of_address(transport, self.where, details=self.details)
        path = Path(self.where)
        if not path.exists():
            raise Invalid(f"There is no file {path.name}")
        match self.format or _format(path):
            case Format.TABULAR:
                return tabular.rows(path)
            case Format.CSV:
                return columns.rows(path, self.mapping)
            case _:
                return _lines(path) if path.suffix == ".ndjson" else _document(path)


def _format(path: Path) -> Format:
    if path.is_dir() or path.suffix.lower() == ".zip":
        return Format.TABULAR
    return Format.CSV if path.suffix.lower() == ".csv" else Format.OPEN_REFERRAL


def _document(path: Path) -> Iterator[Row]:
    return feed.of_document(read_json(path.read_bytes()))


def _lines(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8-sig", errors="replace") as file:
        for number, line in enumerate(file, 1):
            try:
                row = json.loads(line)
            except (ValueError, RecursionError):
                row = None
            yield row if isinstance(row, dict) else Unreadable(f"line {number} is not a service")
