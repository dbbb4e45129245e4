"""The ONS Postcode Directory: every postcode of the kingdom, those that have ended as well."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.core.db import NOBODY, transaction
from app.core.errors import Invalid
from directory.importing import postcodes
from directory.queries import postcode

SAMPLE = Path(__file__).parents[4] / "shared" / "data" / "postcodes" / "onspd-sample.csv"
HEADER = "pcds,doterm,oslaua,oseast1m,osnrth1m,osgrdind,lat,long\n"
ROWS = (
    "ZA1 1AA,,E1,400000,0300000,1,52.5,-2.0\n"
    "ZA1 1AB,199606,E1,500000,0300000,1,52.5,-0.5\n"
    "ZB9 1AA,200001,E2,410000,310000,1,52.6,-1.8\n"
    "BT1 5GS,,N1,333800,374100,1,54.597,-5.93\n"
    "JE2 4WD,,L9,,,9,99.999999,0.000000\n"
    "not one,,E1,1,1,1,0,0\n"
)
NAMES = "LAD23CD,LAD23NM\nE1,Saltmere\nN1,Belfast\n"
MINE = "delete from {} where outward in ('ZA1', 'ZB9', 'BT1') or outward like 'AB%%'"


@pytest.fixture(autouse=True)
def loaded(owner, tmp_path) -> Iterator[dict[str, int]]:
    """A small directory, loaded twice; taken away again."""
    path, names = tmp_path / "onspd.csv", tmp_path / "names.csv"
    path.write_text(HEADER + ROWS, encoding="utf-8-sig")
    names.write_text(NAMES, encoding="utf-8-sig")
    postcodes.load(owner, path, names)
    yield postcodes.load(owner, path, names)
    for table in ("postcode", "outward_code"):
        owner.execute("set role trellis_policy")
        owner.execute(MINE.format(table).replace("%%", "%"))
        owner.execute("reset role")


def spot(said: str) -> postcode.Spot | None:
    with transaction(NOBODY):
        return postcode.spot_of(said)


def test_everything_is_counted(loaded):
    assert loaded == {"in use": 2, "ended": 2, "without a position": 1, "not a postcode": 1}


def test_a_postcode_is_found_in_any_spacing_with_the_name_of_its_place():
    found = spot("za11aa")
    assert (found.easting, found.northing, found.place) == (400000, 300000, "Saltmere")


def test_a_postcode_that_has_ended_is_found_and_marked(owner):
    assert spot("ZA1 1AB").easting == 500000
    ended = owner.execute("select ended from postcode where code = 'ZA11AB'").fetchone()
    assert ended == (True,)


def test_the_middle_of_an_area_is_that_of_the_postcodes_in_use():
    assert spot("ZA1").easting == 400000
    assert spot("ZB9").easting == 410000


def test_northern_ireland_is_on_the_same_grid_as_the_rest():
    found = spot("BT1 5GS")
    assert (round(found.easting, -3), round(found.northing, -3)) == (146000, 530000)


def test_another_file_is_refused_by_what_it_lacks(owner, tmp_path):
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("a,b\n1,2\n")
    with pytest.raises(Invalid, match="no column doterm"):
        postcodes.load(owner, wrong)


@pytest.mark.skipif(not SAMPLE.exists(), reason="the sample of the ONS is not on this machine")
def test_the_real_columns_are_understood(owner):
    counts = postcodes.load(owner, SAMPLE)
    assert counts == {"in use": 4236, "ended": 3810, "without a position": 2} or (
        counts["in use"] > 4000 and counts["ended"] > 3500
    )
    assert spot("AB1 0AA").easting == 385386
