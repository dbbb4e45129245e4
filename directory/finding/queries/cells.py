"""The squares of the grid around a spot, as the database writes them beside the words (0032)."""

from math import floor

from sqlalchemy import ColumnElement, cast, literal
from sqlalchemy.dialects.postgresql import TSQUERY

from directory.queries.card import METRES_PER_MILE
from directory.queries.postcode import Spot

NOWHERE = "'@nowhere'"
SMALL, LARGE = 5, 25
# Up to here the small squares are few enough to name.
SMALL_MILES = 6


def around(near: Spot, miles: int) -> ColumnElement[str]:
    """A query for what is in one of the squares that a circle touches."""
    size = SMALL if miles <= SMALL_MILES else LARGE
    reach = miles * METRES_PER_MILE
    rows = _squares(near.northing, reach, size)
    named = (f"'@{size}/{x}/{y}'" for x in _squares(near.easting, reach, size) for y in rows)
    return _query(" | ".join(named))


def nowhere() -> ColumnElement[str]:
    """A query for what has no place that is known."""
    return _query(NOWHERE)


def _squares(middle: int, reach: float, size: int) -> range:
    metres = size * 1000
    return range(floor((middle - reach) / metres), floor((middle + reach) / metres) + 1)


def _query(text: str) -> ColumnElement[str]:
    return cast(literal(text), TSQUERY)
