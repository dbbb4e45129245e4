"""From the national grid to latitude and longitude, against published points."""

import csv
from math import cos, hypot, radians
from pathlib import Path

import pytest

from directory.grid import latitude_longitude

POSTCODES = Path("../shared/data/postcodes/onspd-sample.csv")
METRES_A_DEGREE = 111_200


def metres(one, other):
    """How far apart two near points are."""
    north, east = one[0] - other[0], (one[1] - other[1]) * cos(radians(one[0]))
    return hypot(north, east) * METRES_A_DEGREE


@pytest.mark.parametrize(
    ("easting", "northing", "expected"),
    [
        # The Ordnance Survey's own example: Caister water tower, Norfolk.
        (651409.903, 313177.270, (52.657978, 1.716053)),
        (530034, 180381, (51.507408, -0.127720)),
    ],
)
def test_a_known_point_is_where_it_is(easting, northing, expected):
    assert metres(latitude_longitude(easting, northing), expected) < 1


def test_the_office_for_national_statistics_has_the_same_points():
    if not POSTCODES.is_file():
        pytest.skip("the sample of the ONS Postcode Directory is not here")
    with POSTCODES.open(encoding="utf-8-sig", newline="") as file:
        rows = [one for one in csv.DictReader(file) if one["oseast1m"].strip()][:500]
    assert rows
    off = [
        metres(
            latitude_longitude(float(one["oseast1m"]), float(one["osnrth1m"])),
            (float(one["lat"]), float(one["long"])),
        )
        for one in rows
    ]
    assert max(off) < 6
