"""From a postcode, however it is spaced, to where it is."""

import re
from dataclasses import dataclass

from sqlalchemy import select

from app.core.db import session
from directory.models.postcode import OUTWARD_CODE, POSTCODE

OUTWARD = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?)")
FULL = re.compile(OUTWARD.pattern + r"([0-9][A-Z]{2})")


@dataclass(frozen=True)
class Spot:
    """A point on the British National Grid, in metres, and what people call it."""

    easting: int
    northing: int
    place: str
    outward: str


def outward_code(text: str) -> str | None:
    """The first half of a postcode ("QS1" from "qs1", "QS1 1AA" or "qs11aa"), or None."""
    tidy = re.sub(r"\s+", "", text).upper()
    found = FULL.fullmatch(tidy) or OUTWARD.fullmatch(tidy)
    return found[1] if found else None


def spot_of_area(outward: str) -> Spot | None:
    """The middle of the area with this outward code, or None when it is not known."""
    row = session.execute(select(OUTWARD_CODE).where(OUTWARD_CODE.c.outward == outward)).first()
    return Spot(row.easting, row.northing, row.place, outward) if row else None


def spot_of(postcode: str) -> Spot | None:
    """Where a full postcode is; the middle of its area when only that is known."""
    tidy = re.sub(r"\s+", "", postcode).upper()
    row = session.execute(select(POSTCODE).where(POSTCODE.c.code == tidy)).first()
    if row:
        return Spot(row.easting, row.northing, row.place, row.outward)
    outward = outward_code(tidy)
    return spot_of_area(outward) if outward else None
