"""From latitude and longitude to the British National Grid, by turning the way back around."""

import functools
from math import cos, radians, sin

from directory.grid import latitude_longitude

METRES_A_DEGREE = 111_200
ENOUGH = 12
MIDDLE = -2
REMEMBERED = 4096


# The same hall stands in many rows of a feed.
@functools.lru_cache(REMEMBERED)
def easting_northing(latitude: float, longitude: float) -> tuple[int, int]:
    """Whole metres east and north: each step mends what the last one missed by."""
    narrow = METRES_A_DEGREE * cos(radians(latitude))
    # Away from the middle the grid's north leans from true north.
    lean = radians((longitude - MIDDLE) * sin(radians(latitude)))
    easting = 400_000.0 + (longitude - MIDDLE) * narrow
    northing = (latitude - 49) * METRES_A_DEGREE - 100_000
    for _ in range(ENOUGH):
        found_north, found_east = latitude_longitude(easting, northing)
        up, along = (latitude - found_north) * METRES_A_DEGREE, (longitude - found_east) * narrow
        easting += along * cos(lean) - up * sin(lean)
        northing += up * cos(lean) + along * sin(lean)
        if abs(up) + abs(along) < 0.3:
            break
    return round(easting), round(northing)
