"""A plain CSV file: one row a service, with a file that says which column is what."""

import csv
import io
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from app.core.errors import Invalid
from directory.importing.entry import Raw, Unreadable
from directory.importing.reading.tabular import CELL

# What a column may be, and where it goes in the shape of Open Referral UK.
OWN = (
    *("id", "name", "description", "status", "url", "email", "alert", "fees", "assured_date"),
    *("minimum_age", "maximum_age", "eligibility_description", "attending_type"),
)
ORGANISATION = {
    "organisation": "name",
    "organisation_id": "id",
    "organisation_description": "description",
    "organisation_url": "website",
    "organisation_email": "email",
}
ADDRESS = {
    "address": "address_1",
    "address_2": "address_2",
    "town": "city",
    "postcode": "postal_code",
}
LOCATION = {"place": "name", "latitude": "latitude", "longitude": "longitude"}
LISTS = {"needs": "taxonomy_terms", "languages": "languages", "areas": "service_areas"}
KNOWN = {
    *OWN,
    *ORGANISATION,
    *ADDRESS,
    *LOCATION,
    *LISTS,
    "phone",
    "contact_name",
    "charity_number",
}


def rows(source: Path | io.BytesIO, mapping: Path | None = None) -> Iterator[Raw | Unreadable]:
    """Every row as a service. Without a mapping, columns are called what they are."""
    columns, separator = _mapping(mapping)
    csv.field_size_limit(CELL)
    opened = source.open("rb") if isinstance(source, Path) else source
    with io.TextIOWrapper(opened, encoding="utf-8-sig", errors="strict", newline="") as file:
        reader = csv.DictReader(file)
        missing = set(columns.values()) - set(reader.fieldnames or ())
        if columns and missing:
            raise Invalid(f"The file has no column {', '.join(sorted(missing))}")
        try:
            for row in reader:
                said = {known: row.get(columns.get(known, known)) or "" for known in KNOWN}
                yield _service(said, separator)
        except (UnicodeDecodeError, csv.Error) as error:
            raise Invalid(f"Line {reader.line_num} cannot be read: {error}") from error


def _mapping(path: Path | None) -> tuple[dict[str, str], str]:
    if path is None:
        return {}, ";"
    try:
        told: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Invalid(f"The mapping cannot be read: {error}") from error
    columns = told.get("columns")
    if not isinstance(columns, dict) or not all(isinstance(one, str) for one in columns.values()):
        raise Invalid('The mapping needs a table [columns] such as name = "Service name"')
    unknown = set(columns) - KNOWN
    if unknown:
        words = f"{', '.join(sorted(unknown))}; these are: {', '.join(sorted(KNOWN))}"
        raise Invalid(f"The mapping names fields that there are not: {words}")
    return columns, str(told.get("separator", ";"))


def _service(said: dict[str, str], separator: str) -> Raw:
    address = {theirs: said[ours] for ours, theirs in ADDRESS.items() if said[ours]}
    location = {theirs: said[ours] for ours, theirs in LOCATION.items() if said[ours]}
    row: Raw = {name: said[name] for name in OWN}
    row["organization"] = {theirs: said[ours] for ours, theirs in ORGANISATION.items()}
    if said["charity_number"]:
        number = {"identifier_scheme": "GB-CHC", "identifier": said["charity_number"]}
        row["organization"]["organization_identifiers"] = [number]
    if address or location:
        row["service_at_locations"] = [{"location": {**location, "addresses": [address]}}]
    phones = [{"number": said["phone"]}] if said["phone"] else []
    row["contacts"] = [{"name": said["contact_name"], "phones": phones}]
    for ours, theirs in LISTS.items():
        names = [one.strip() for one in said[ours].split(separator)]
        row[theirs] = [{"name": one} for one in names if one]
    return row
