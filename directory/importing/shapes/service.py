"""What a service is, read from Open Referral UK 1.0 or 3.0; nothing in it is trusted."""

from app.core import clock
from directory.importing import cleaning
from directory.importing.entry import Entry, Fields, Raw, Refused, Wanted
from directory.importing.shapes import contact, organisation, place, times, words
from directory.importing.shapes.pieces import Pieces, rows
from directory.models.service import ServiceStatus


def read(row: Raw) -> Entry:
    """The service with its organisation and its places; Refused when it cannot go in."""
    pieces = Pieces(row)
    if not pieces.external_id or len(pieces.external_id) > 200:
        raise Refused(pieces.remark("refused", "id", pieces.external_id, "no id of 1 to 200 signs"))
    if not pieces.name:
        raise Refused(pieces.remark("refused", "name", "", "the name is empty: give it one"))
    offered_by, places = organisation.of(pieces), place.of(pieces)
    fields: Fields = {
        "name": cleaning.cut(pieces.name, 200),
        "description": pieces.text(row, "description", 10_000),
        "status": _status(pieces),
        "alert": pieces.text(row, "alert", 2000),
        "eligibility": words.eligibility(row),
        "fees": words.fees(row),
        "access_modes": words.access_modes(row),
        "languages": words.languages(row),
        "url": pieces.url(row, "url"),
        "times": times.of(pieces),
        "areas": words.areas(row),
        **_ages(pieces),
        **contact.of(pieces),
    }
    service = Wanted("service", pieces.external_id, fields)
    assured_on = times.day(row.get("assured_date"))
    if assured_on and assured_on > clock.today():
        pieces.remark("mended", "assured_date", assured_on.isoformat(), "in the future: left out")
        assured_on = None
    return Entry(service, offered_by, places, words.taxonomy(row), assured_on, pieces.remarks)


def _status(pieces: Pieces) -> str:
    said = cleaning.line(pieces.row.get("status")).lower()
    if said in {"", *ServiceStatus}:
        return said or ServiceStatus.ACTIVE
    pieces.remark("mended", "status", said, "not a state of Open Referral: listed as inactive")
    return ServiceStatus.INACTIVE


def _ages(pieces: Pieces) -> Fields:
    places = [pieces.row, *rows(pieces.row, "eligibilitys", "eligibilities")]
    found: Fields = {}
    for about in ("minimum_age", "maximum_age"):
        said = next((one[about] for one in places if one.get(about) not in (None, "")), None)
        found[about] = cleaning.age(said)
        if said is not None and found[about] is None:
            pieces.remark("mended", about, said, "not an age in years: left out")
    low, high = found["minimum_age"], found["maximum_age"]
    if low is not None and high is not None and low > high:
        pieces.remark("mended", "minimum_age", f"{low} to {high}", "ages upside down: left out")
        return {"minimum_age": None, "maximum_age": None}
    return found
