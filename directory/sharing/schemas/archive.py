"""The tabular package as one zip, written while it is read: no more than a batch in memory.

A zip holds one file after the other. The rows of services go straight into it; what hangs on
them waits in files beside it, which the operating system throws away at the end.
"""

import contextlib
import io
import json
import tempfile
import zipfile
from collections.abc import Callable, Generator, Iterator
from typing import IO, Any

from marshmallow import Schema

from app.core import clock
from app.core.spreadsheet import Sheet
from directory.open_referral.schemas.location import LocationSchema
from directory.open_referral.schemas.organization import OrganizationSchema
from directory.open_referral.schemas.service import ServiceSchema
from directory.open_referral.schemas.taxonomy import TaxonomySchema
from directory.sharing.queries import walk
from directory.sharing.schemas.tables import TABLES, Record, split

CHUNK = 256 * 1024
Walk = Callable[[walk.Written], Iterator[walk.Records]]
# What is walked through, and the schema it is written with.
MAIN: dict[str, tuple[Walk, Schema]] = {
    "services": (walk.services, ServiceSchema(many=True)),
    "organizations": (walk.organisations, OrganizationSchema(many=True)),
    "locations": (walk.locations, LocationSchema(many=True)),
    "taxonomies": (walk.taxonomies, TaxonomySchema(many=True)),
}


class Outlet(io.RawIOBase):
    """What was written and not yet taken."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def writable(self) -> bool:
        """Whether it can be written to: always."""
        return True

    def write(self, part: Any) -> int:
        """Keep a part until it is taken."""
        self._parts.append(bytes(part))
        return len(part)

    def take(self) -> bytes:
        """Everything since the last time."""
        found = b"".join(self._parts)
        self._parts.clear()
        return found


class Written:
    """One table as CSV, into any file."""

    def __init__(self, name: str, file: IO[bytes]) -> None:
        self.columns = TABLES[name].columns
        self.text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
        self._sheet = Sheet(self.text)
        self._sheet.row(self.columns)

    def add(self, row: Record) -> None:
        """One more row."""
        self._sheet.row(row.get(column, "") for column in self.columns)


def archive(description: dict[str, Any]) -> Iterator[bytes]:
    """The whole package, part after part."""
    outlet = Outlet()
    with contextlib.ExitStack() as stack:
        package = stack.enter_context(zipfile.ZipFile(outlet, "w", zipfile.ZIP_DEFLATED))
        package.writestr(_named("datapackage.json"), json.dumps(description, indent=2))
        beside = {
            name: Written(name, stack.enter_context(tempfile.TemporaryFile()))
            for name in TABLES.keys() - MAIN.keys()
        }
        for name in MAIN:
            with contextlib.closing(_written(package, name, beside)) as steps:
                for _ in steps:
                    yield outlet.take()
        for name, sheet in beside.items():
            with contextlib.closing(_copied(package, name, sheet)) as steps:
                for _ in steps:
                    yield outlet.take()
    yield outlet.take()


def _written(
    package: zipfile.ZipFile, name: str, beside: dict[str, Written]
) -> Generator[None, None, None]:
    walked, schema = MAIN[name]
    with package.open(_named(TABLES[name].path), "w", force_zip64=True) as file:
        sheets = {**beside, name: Written(name, file)}
        for batch in walked(schema.dump):
            for record in batch:
                for table, row in split(name, record):
                    sheets[table].add(row)
            yield
        sheets[name].text.detach()


def _copied(package: zipfile.ZipFile, name: str, sheet: Written) -> Generator[None, None, None]:
    kept = sheet.text.detach()
    kept.seek(0)
    with package.open(_named(TABLES[name].path), "w", force_zip64=True) as file:
        while part := kept.read(CHUNK):
            file.write(part)
            yield


def _named(path: str) -> zipfile.ZipInfo:
    """A file of today; a zip has no other zone than the reader's."""
    made = zipfile.ZipInfo(path, clock.local(clock.now()).timetuple()[:6])
    made.compress_type = zipfile.ZIP_DEFLATED
    return made
