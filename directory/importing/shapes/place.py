"""Where a service happens: the locations of a feed, with where they are on the map."""

from typing import Any

from directory.importing import cleaning
from directory.importing.entry import Raw, Wanted
from directory.importing.national_grid import easting_northing
from directory.importing.shapes.pieces import Pieces, part, rows
from directory.queries.postcode import outward_code

MOST = 50


def of(pieces: Pieces) -> list[Wanted]:
    """The places of a service, each once."""
    said = [part(row, "location") for row in rows(pieces.row, "service_at_locations")]
    said += list(rows(pieces.row, "locations"))
    read = (_read(pieces, row, number) for number, row in enumerate(said[:MOST]))
    return list({one.external_id: one for one in read if one}.values())


def _read(pieces: Pieces, row: Raw, number: int) -> Wanted | None:
    address = next(rows(row, "addresses", "physical_addresses"), {})
    street = cleaning.joined(cleaning.line(address.get(f"address_{n}")) for n in (1, 2))
    town = cleaning.line(address.get("city"))
    postcode = _postcode(pieces, address.get("postal_code"))
    name = cleaning.line(row.get("name")) or cleaning.cut(street, 200) or town or postcode
    if not name or row.get("location_type") == "virtual":
        return None
    spot = _spot(row.get("latitude"), row.get("longitude"))
    told = rows(row, "accessibility", "accessibility_for_disabilities")
    access = [cleaning.line(one.get("description") or one.get("accessibility")) for one in told]
    fields = {
        "name": name,
        "address": cleaning.cut(street, 500),
        "town": town,
        "postcode": postcode,
        "easting": spot[0] if spot else None,
        "northing": spot[1] if spot else None,
        "travel": cleaning.line(row.get("transportation"), 500),
        "access": cleaning.cut(cleaning.joined(access, ". "), 1000),
    }
    # Without an id of its own, a place is known by its turn within its service.
    known_as = cleaning.line(row.get("id"), 200) or f"{pieces.external_id[:190]}#{number}"
    return Wanted("location", known_as, fields)


def _postcode(pieces: Pieces, value: Any) -> str:
    said = "".join(cleaning.line(value, 20).split()).upper()
    if not said:
        return ""
    outward = outward_code(said)
    if outward is None:
        pieces.remark("mended", "postal_code", value, "not a postcode: left out")
        return ""
    return f"{outward} {said[len(outward) :]}".strip()


def _spot(latitude: Any, longitude: Any) -> tuple[int, int] | None:
    try:
        north, east = float(latitude), float(longitude)
    except (TypeError, ValueError):
        return None
    # Only what lies about the United Kingdom; this is false for "not a number" too.
    return easting_northing(north, east) if 49 <= north <= 61.5 and -9 <= east <= 2.5 else None
