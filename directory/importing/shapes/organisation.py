"""Who offers a service: the organisation of a feed."""

from directory.importing import cleaning
from directory.importing.entry import Refused, Wanted
from directory.importing.shapes.pieces import Pieces, part, rows

SCHEMES = {
    "charity_number": ("GB-CHC", "GB-SC", "GB-NIC"),
    "company_number": ("GB-COH",),
}


def of(pieces: Pieces) -> Wanted:
    """The organisation, known by its id or else by its name. Refuses a service without one."""
    row = part(pieces.row, "organization") or part(pieces.row, "organisation")
    name = cleaning.line(row.get("name"))
    if not name:
        reason = "no organisation is named: say who offers it"
        raise Refused(pieces.remark("refused", "organization", "", reason))
    known_as = cleaning.line(row.get("id"), 200) or cleaning.cut(f"name: {name.lower()}", 200)
    fields = {
        "name": name,
        "description": cleaning.text(row.get("description")),
        "email": pieces.email(row),
        "phone": cleaning.line(row.get("phone"), 60),
        "url": pieces.url(row, "website", "url"),
        "charity_number": None,
        "company_number": None,
    }
    for one in rows(row, "organization_identifiers"):
        scheme = cleaning.line(one.get("identifier_scheme")).upper()
        for about, schemes in SCHEMES.items():
            if scheme in schemes:
                fields[about] = cleaning.line(one.get("identifier"), 20) or None
    return Wanted("organisation", known_as, fields)
