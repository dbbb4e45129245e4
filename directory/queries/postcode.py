"""From a postcode, however it is spaced, to where it is."""

import re
from dataclasses import dataclass

from sqlalchemy import Integer, cast, func, select

from app.core.db import session
from directory.models.postcode import OUTWARD_CODE, POSTCODE

OUTWARD = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?)")
FULL = re.compile(OUTWARD.pattern + r"([0-9][A-Z]{2})")
# Only with its space: "S10" is the first half of a postcode, "S1 0" is not.
SECTOR = re.compile(OUTWARD.pattern + r"\s+([0-9])")


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


def sector(text: str) -> str | None:
    """A postcode without its last two letters ("S10 1" from "s101ae"), some thousand homes."""
    tidy = text.strip().upper()
    found = FULL.fullmatch(re.sub(r"\s+", "", tidy)) or SECTOR.fullmatch(tidy)
    return f"{found[1]} {found[2][0]}" if found else None


def spot_of_sector(text: str) -> Spot | None:
    """The middle of the postcodes that begin like this, those that have ended as well."""
    outward, digit = text.split(" ")
    begins = POSTCODE.c.code.between(f"{outward}{digit}", f"{outward}{digit}ZZ")
    row = session.execute(
        select(
            cast(func.avg(POSTCODE.c.easting), Integer).label("easting"),
            cast(func.avg(POSTCODE.c.northing), Integer).label("northing"),
            func.mode().within_group(POSTCODE.c.place).label("place"),
        ).where(begins, POSTCODE.c.outward == outward)
    ).one()
    return Spot(row.easting, row.northing, row.place, outward) if row.easting else None


def spot_of(postcode: str) -> Spot | None:
    """Where a full postcode is; the middle of its area when only that is known."""
    tidy = re.sub(r"\s+", "", postcode).upper()
    row = session.execute(select(POSTCODE).where(POSTCODE.c.code == tidy)).first()
    if row:
        return Spot(row.easting, row.northing, row.place, row.outward)
    outward = outward_code(tidy)
    return spot_of_area(outward) if outward else None


def is_full(text: str) -> bool:
    """Whether this has the shape of a whole postcode."""
    return FULL.fullmatch(re.sub(r"\s+", "", text).upper()) is not None


def is_known(postcode: str) -> bool:
    """Whether this whole postcode is one, in use or ended."""
    tidy = re.sub(r"\s+", "", postcode).upper()
    return session.scalar(select(POSTCODE.c.code).where(POSTCODE.c.code == tidy)) is not None


def spot_near(text: str) -> Spot | None:
    """Where a postcode, most of one or its first half is. Two statements at most."""
    begins = sector(text)
    found = spot_of_sector(begins) if begins else None
    outward = outward_code(text) or (begins and begins.split(" ")[0])
    return found or (spot_of_area(outward) if outward else None)
