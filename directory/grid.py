"""From the British National Grid to the latitude and longitude that maps of the world use.

The Ordnance Survey's own formulas: the inverse of its projection on the Airy ellipsoid, then
its seven-parameter shift to WGS84, which is right to about five metres.
"""

from dataclasses import dataclass
from functools import lru_cache
from math import atan2, cos, degrees, hypot, radians, sin, sqrt, tan

SCALE = 0.9996012717
FIRST_LATITUDE, FIRST_LONGITUDE = radians(49), radians(-2)
FIRST_EASTING, FIRST_NORTHING = 400_000, -100_000
# Metres along x, y, z; parts per million; seconds of arc about x, y, z.
SHIFT = (446.448, -125.157, 542.060)
STRETCH = -20.4894e-6
TURN = tuple(radians(seconds / 3600) for seconds in (0.1502, 0.2470, 0.8421))
CLOSE_ENOUGH = 0.00001
MEAN_RADIUS = 6_371_008.8


@dataclass(frozen=True)
class Ellipsoid:
    """A shape of the earth by its half axes in metres."""

    a: float
    b: float

    @property
    def flatness(self) -> float:
        """The square of its eccentricity."""
        return 1 - (self.b / self.a) ** 2


AIRY = Ellipsoid(6377563.396, 6356256.909)
WGS84 = Ellipsoid(6378137.0, 6356752.314245)


# A search has the same places again and again.
@lru_cache(maxsize=20_000)
def latitude_longitude(easting: float, northing: float) -> tuple[float, float]:
    """Degrees north and east, to six places: a tenth of a metre."""
    latitude, longitude = _shifted(*_unprojected(easting, northing))
    return round(degrees(latitude), 6), round(degrees(longitude), 6)


def ground_metres(on_grid: float, easting: float) -> float:
    """A distance measured on the grid near this easting, as it is on the ground.

    The grid is stretched by up to 0.15 % in Northern Ireland and the Isles of Scilly.
    """
    return on_grid / (SCALE * (1 + (easting - FIRST_EASTING) ** 2 / (2 * MEAN_RADIUS**2)))


def _meridian(latitude: float) -> float:
    """Metres along the meridian from the true origin."""
    n = (AIRY.a - AIRY.b) / (AIRY.a + AIRY.b)
    less, more = latitude - FIRST_LATITUDE, latitude + FIRST_LATITUDE
    return (
        AIRY.b
        * SCALE
        * (
            (1 + n + 5 / 4 * n**2 + 5 / 4 * n**3) * less
            - (3 * n + 3 * n**2 + 21 / 8 * n**3) * sin(less) * cos(more)
            + (15 / 8 * n**2 + 15 / 8 * n**3) * sin(2 * less) * cos(2 * more)
            - 35 / 24 * n**3 * sin(3 * less) * cos(3 * more)
        )
    )


def _unprojected(easting: float, northing: float) -> tuple[float, float]:
    latitude = FIRST_LATITUDE
    while abs(missing := northing - FIRST_NORTHING - _meridian(latitude)) >= CLOSE_ENOUGH:
        latitude += missing / (AIRY.a * SCALE)
    squeeze = 1 - AIRY.flatness * sin(latitude) ** 2
    nu = AIRY.a * SCALE / sqrt(squeeze)
    rho = AIRY.a * SCALE * (1 - AIRY.flatness) / squeeze**1.5
    eta, t = nu / rho - 1, tan(latitude)
    east = (easting - FIRST_EASTING) / nu
    north = (
        east**2 / 2
        - east**4 / 24 * (5 + 3 * t**2 + eta - 9 * t**2 * eta)
        + east**6 / 720 * (61 + 90 * t**2 + 45 * t**4)
    )
    across = (
        east
        - east**3 / 6 * (nu / rho + 2 * t**2)
        + east**5 / 120 * (5 + 28 * t**2 + 24 * t**4)
        - east**7 / 5040 * (61 + 662 * t**2 + 1320 * t**4 + 720 * t**6)
    )
    return latitude - t * nu / rho * north, FIRST_LONGITUDE + across / cos(latitude)


def _shifted(latitude: float, longitude: float) -> tuple[float, float]:
    nu = AIRY.a / sqrt(1 - AIRY.flatness * sin(latitude) ** 2)
    x = nu * cos(latitude) * cos(longitude)
    y = nu * cos(latitude) * sin(longitude)
    z = nu * (1 - AIRY.flatness) * sin(latitude)
    size = 1 + STRETCH
    x, y, z = (
        SHIFT[0] + size * x - TURN[2] * y + TURN[1] * z,
        SHIFT[1] + TURN[2] * x + size * y - TURN[0] * z,
        SHIFT[2] - TURN[1] * x + TURN[0] * y + size * z,
    )
    beside = hypot(x, y)
    found = atan2(z, beside * (1 - WGS84.flatness))
    for _ in range(3):
        nu = WGS84.a / sqrt(1 - WGS84.flatness * sin(found) ** 2)
        found = atan2(z + WGS84.flatness * nu * sin(found), beside)
    return found, atan2(y, x)
