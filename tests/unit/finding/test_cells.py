"""The squares of the grid that a search names hold everything within reach, and few more."""

from math import dist, floor

from hypothesis import given
from hypothesis import strategies as st

from directory.finding.queries.cells import around
from directory.queries.card import METRES_PER_MILE
from directory.queries.postcode import Spot

GRID = st.integers(0, 660_000)


@given(GRID, GRID, st.sampled_from((1, 3, 5, 10, 20, 50)), st.floats(-1, 1), st.floats(-1, 1))
def test_whatever_is_within_reach_is_in_a_square_that_is_named(east, north, miles, right, up):
    reach = miles * METRES_PER_MILE
    place = (round(east + right * reach), round(north + up * reach))
    named = around(Spot(east, north, "", ""), miles)
    size = int(named.split("/")[0].strip("'@"))
    if dist((east, north), place) <= reach:
        assert f"'@{size}/{floor(place[0] / size / 1000)}/{floor(place[1] / size / 1000)}'" in named


def test_a_square_at_a_corner_that_the_circle_does_not_touch_is_left_out():
    assert len(around(Spot(512_500, 102_500, "", ""), 5).split(" | ")) == 21
