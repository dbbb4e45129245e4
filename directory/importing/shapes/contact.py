"""How to get in touch with a service."""

from itertools import chain

from directory.importing import cleaning
from directory.importing.entry import Fields
from directory.importing.shapes.pieces import Pieces, rows


def of(pieces: Pieces) -> Fields:
    """The first name, number and address that a service gives."""
    people = list(rows(pieces.row, "contacts"))
    numbers = chain(rows(pieces.row, "phones"), *(rows(one, "phones") for one in people))
    emails = [pieces.email(one) for one in (pieces.row, *people)]
    phones = (cleaning.line(one.get("number"), 60).strip('"') for one in numbers)
    names = (
        cleaning.joined([cleaning.line(one.get("name")), cleaning.line(one.get("title"))])
        for one in people
    )
    return {
        "contact_name": next((cleaning.cut(one, 200) for one in names if one), ""),
        "email": next((one for one in emails if one), ""),
        "phone": next((one for one in phones if one), ""),
    }
