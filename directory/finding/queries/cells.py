"""The squares of the grid around a spot, as the database writes them beside the words (0032)."""

from math import floor, hypot

from directory.queries.card import METRES_PER_MILE
from directory.queries.postcode import Spot

NOWHERE = "'@nowhere'"
SMALL, LARGE = 5, 25
# Up to here the small squares are few enough to name.
SMALL_MILES = 6


def around(near: Spot, miles: int) -> str:
    """A query for what is in one of the squares that a circle touches."""
    size = SMALL if miles <= SMALL_MILES else LARGE
    reach = miles * METRES_PER_MILE
    touched = (
        (x, y)
        for x in _squares(near.easting, reach, size)
        for y in _squares(near.northing, reach, size)
        if hypot(_beyond(near.easting, x, size), _beyond(near.northing, y, size)) <= reach
    )
    return " | ".join(f"'@{size}/{x}/{y}'" for x, y in touched)


def _squares(middle: int, reach: float, size: int) -> range:
    metres = size * 1000
    return range(floor((middle - reach) / metres), floor((middle + reach) / metres) + 1)


def _beyond(middle: int, square: int, size: int) -> int:
    """How far a row or column of squares is from the middle; nothing when it runs through it."""
    begins, ends = square * size * 1000, (square + 1) * size * 1000
    return max(begins - middle, 0, middle - ends)
