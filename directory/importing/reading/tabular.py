"""The tabular package of HSDS: a folder or a zip of CSV files, joined into whole services."""

import csv
import io
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from app.core.errors import Invalid
from app.core.spreadsheet import restored
from directory.importing.entry import Raw

# All files of a package together, unpacked; less of one that came from a publisher's address.
LARGEST, LARGEST_FETCHED, MOST_FILES = 1024**3, 256 * 1024**2, 200
CELL = 2_000_000
Table = list[Raw]

# Where the rows of each file hang: (file, the column that points up, under which name).
OF_SERVICE = (
    ("schedules", "service_id", "schedules"),
    ("service_areas", "service_id", "service_areas"),
    ("languages", "service_id", "languages"),
    ("cost_options", "service_id", "cost_options"),
    ("contacts", "service_id", "contacts"),
    ("phones", "service_id", "phones"),
    ("service_at_locations", "service_id", "service_at_locations"),
    ("attributes", "link_id", "attributes"),
)
OF_LOCATION = (
    ("addresses", "location_id", "addresses"),
    ("accessibility", "location_id", "accessibility"),
)
# Files that the published examples name in the singular.
OTHER_NAMES = {
    "service_at_location": "service_at_locations",
    "attribute": "attributes",
    "schedule": "schedules",
    "address": "addresses",
}


def rows(package: Path | io.BytesIO) -> Iterator[Raw]:
    """Every service of the package, with what belongs to it."""
    if isinstance(package, Path) and package.is_dir():
        tables = dict(_folder(package))
    else:
        tables = dict(_zipped(package))
    if "services" not in tables:
        raise Invalid("There is no services.csv in this package")
    organisations = _whole(tables, "organizations", _ORGANISATION)
    locations = _whole(tables, "locations", OF_LOCATION)
    contacts = _whole(tables, "contacts", (("phones", "contact_id", "phones"),))
    terms = _whole(tables, "taxonomy_terms", ())
    tables["contacts"] = list(contacts.values())
    for row in tables.get("service_at_locations", ()):
        row["location"] = locations.get(row.get("location_id", ""))
    for row in tables.get("attributes", ()):
        row["taxonomy_term"] = terms.get(row.get("taxonomy_term_id", ""))
    branches = [(name, _by(tables.get(file, []), column)) for file, column, name in OF_SERVICE]
    for row in tables["services"]:
        hung = {name: found for name, by in branches if (found := by.get(row.get("id", "")))}
        yield {**row, "organization": organisations.get(row.get("organization_id", "")), **hung}


_ORGANISATION = (("organization_identifiers", "organization_id", "organization_identifiers"),)


def _whole(tables: dict[str, Table], name: str, parts: tuple[tuple[str, str, str], ...]) -> Raw:
    branches = [(under, _by(tables.get(file, []), column)) for file, column, under in parts]
    return {
        row.get("id", ""): {
            **row,
            **{under: by.get(row.get("id", ""), []) for under, by in branches},
        }
        for row in tables.get(name, [])
    }


def _by(table: Table, column: str) -> dict[str, Table]:
    found: dict[str, Table] = defaultdict(list)
    for row in table:
        if row.get(column):
            found[row[column]].append(row)
    return found


def _folder(path: Path) -> Iterator[tuple[str, Table]]:
    csv.field_size_limit(CELL)
    for one in sorted(path.glob("*.csv")):
        yield _name(one.name), _table(one.read_bytes())


def _zipped(source: Path | io.BytesIO) -> Iterator[tuple[str, Table]]:
    csv.field_size_limit(CELL)
    left = LARGEST if isinstance(source, Path) else LARGEST_FETCHED
    try:
        with zipfile.ZipFile(source) as package:
            if len(package.infolist()) > MOST_FILES:
                raise Invalid(f"A package has at most {MOST_FILES} files")
            for one in package.infolist():
                if one.filename.endswith(".csv") and not one.is_dir():
                    body = _unpacked(package, one, left)
                    left -= len(body)
                    yield _name(one.filename), _table(body)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError) as error:
        raise Invalid("This is not a zip file that can be read") from error


def _unpacked(package: zipfile.ZipFile, one: zipfile.ZipInfo, left: int) -> bytes:
    """At most so much, whatever the zip says of itself."""
    with package.open(one) as file:
        body = file.read(left + 1)
    if len(body) > left:
        raise Invalid(f"{one.filename} is too large")
    return body


def _name(file: str) -> str:
    name = PurePosixPath(file).stem
    return OTHER_NAMES.get(name, name)


def _table(body: bytes) -> Table:
    try:
        rows = csv.DictReader(io.StringIO(body.decode("utf-8-sig"), newline=""))
        return [{name: _value(cell) for name, cell in row.items()} for row in rows]
    except (UnicodeDecodeError, csv.Error) as error:
        raise Invalid(f"A file of the package cannot be read: {error}") from error


def _value(cell: Any) -> Any:
    """As it was before somebody made it harmless in a spreadsheet."""
    return restored(cell) if isinstance(cell, str) else cell
