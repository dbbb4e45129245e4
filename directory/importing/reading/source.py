"""Opening whatever an operator names: an address, a file, a folder or a zip."""

import enum
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from app.core.errors import Invalid
from directory.importing.entry import Raw, Unreadable
from directory.importing.reading import columns, feed, tabular
from directory.importing.transport import Document, Transport, read_json

Row = Raw | Unreadable


class Format(enum.StrEnum):
    """What a source is written in."""

    OPEN_REFERRAL = "open-referral"
    TABULAR = "tabular"
    CSV = "csv"


NAMED = {".csv": Format.CSV, ".zip": Format.TABULAR}
SAID = {"text/csv": Format.CSV, "application/zip": Format.TABULAR}


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
            return self._fetched(Transport(loopback=self.loopback))
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

    def _fetched(self, transport: Transport) -> Iterator[Row]:
        found = transport.document(self.where)
        match self.format or _format_of(self.where, found):
            case Format.TABULAR:
                yield from tabular.rows(io.BytesIO(found.body))
            case Format.CSV:
                yield from columns.rows(io.BytesIO(found.body), self.mapping)
            case _:
                first = read_json(found.body)
                yield from feed.of_address(transport, self.where, first, details=self.details)


def _format_of(url: str, found: Document) -> Format:
    """What the address ends with, or what its publisher says that it is."""
    named = NAMED.get(PurePosixPath(urlsplit(url).path).suffix.lower())
    return named or SAID.get(found.kind, Format.OPEN_REFERRAL)


def _format(path: Path) -> Format:
    if path.is_dir():
        return Format.TABULAR
    return NAMED.get(path.suffix.lower(), Format.OPEN_REFERRAL)


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
