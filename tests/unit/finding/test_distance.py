"""Distance on the grid is the distance on the globe, to half a per cent, all over the kingdom."""

from math import asin, cos, hypot, radians, sin, sqrt

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from directory.grid import MEAN_RADIUS, ground_metres, latitude_longitude
from directory.importing.national_grid import easting_northing

# South, west, north, east of each part.
PARTS = {
    "Scilly": (49.86, -6.45, 49.98, -6.23),
    "Cornwall": (50.0, -5.7, 50.9, -4.2),
    "London": (51.3, -0.5, 51.7, 0.3),
    "Norfolk": (52.4, 0.2, 52.95, 1.75),
    "Wales": (51.4, -5.3, 53.4, -2.7),
    "Northern Ireland": (54.0, -8.17, 55.3, -5.43),
    "Outer Hebrides": (56.8, -7.7, 58.5, -6.1),
    "Scotland": (55.0, -6.0, 58.6, -1.8),
    "Orkney": (58.7, -3.4, 59.4, -2.4),
    "Shetland": (59.8, -1.8, 60.86, -0.7),
}
HALF_A_PER_CENT = 0.005


def points(part: str) -> st.SearchStrategy[tuple[float, float]]:
    south, west, north, east = PARTS[part]
    return st.tuples(st.floats(south, north), st.floats(west, east))


def great_circle(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Metres between two points on a sphere of the earth's mean radius."""
    lat1, lon1, lat2, lon2 = (radians(angle) for angle in (*one, *other))
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * MEAN_RADIUS * asin(sqrt(half))


def measured(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Metres as a search measures them: between whole metres of the grid, put on the ground."""
    (east, north), (east2, north2) = easting_northing(*one), easting_northing(*other)
    return ground_metres(hypot(east2 - east, north2 - north), east)


@pytest.mark.parametrize("part", PARTS)
def test_within_a_part_of_the_kingdom(part):
    @settings(max_examples=60, deadline=None)
    @given(points(part), points(part))
    def check(one, other):
        true = great_circle(one, other)
        assume(true > 1_000)  # nearer than this, a metre of rounding is seen
        assert abs(measured(one, other) / true - 1) < HALF_A_PER_CENT

    check()


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(PARTS)), st.sampled_from(sorted(PARTS)), st.data())
def test_from_any_part_to_any_other(first, second, data):
    one, other = data.draw(points(first)), data.draw(points(second))
    true = great_circle(one, other)
    assume(true > 1_000)
    assert abs(measured(one, other) / true - 1) < HALF_A_PER_CENT


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(sorted(PARTS)), st.data())
def test_there_and_back_again(part, data):
    latitude, longitude = data.draw(points(part))
    again = latitude_longitude(*easting_northing(latitude, longitude))
    assert great_circle((latitude, longitude), again) < 2
