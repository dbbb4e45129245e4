"""From latitude and longitude to the British National Grid, by turning the way back around."""

from math import cos, radians

from directory.grid import latitude_longitude

METRES_A_DEGREE = 111_200
ENOUGH = 12


def easting_northing(latitude: float, longitude: float) -> tuple[int, int]:
    """Whole metres east and north: each step mends what the last one missed by."""
    easting, northing = 400_000.0, (latitude - 49) * METRES_A_DEGREE - 100_000
    for _ in range(ENOUGH):
        found_north, found_east = latitude_longitude(easting, northing)
        up = (latitude - found_north) * METRES_A_DEGREE
        along = (longitude - found_east) * METRES_A_DEGREE * cos(radians(latitude))
        easting, northing = easting + along, northing + up
        if abs(up) + abs(along) < 0.3:
            break
    return round(easting), round(northing)
