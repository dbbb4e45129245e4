"""Loading the ONS Postcode Directory: where every postcode is, those that have ended as well.

Northern Ireland stands on the Irish grid in the directory; it is put on the British one by its
latitude and longitude, so that a distance across the sea is right too. The Channel Islands have
no position there at all and are left out, and counted.
"""

import csv
import itertools
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg

from app.core.errors import Invalid
from directory.importing.national_grid import easting_northing
from directory.queries.postcode import outward_code

BATCH = 20_000
NEEDED = ("pcds", "doterm", "oseast1m", "osnrth1m", "osgrdind", "lat", "long")
ATTRIBUTION = (
    "Contains OS data © Crown copyright and database right.",
    "Contains Royal Mail data © Royal Mail copyright and database right.",
    "Source: Office for National Statistics licensed under the Open Government Licence v.3.0.",
    "Northern Ireland postcodes (BT) have terms of their own: see the ONS licences page.",
)
NO_POSITION = "9"
Postcode = tuple[str, str, int, int, str, bool]

KEEP = """
    insert into postcode (code, outward, easting, northing, place, ended)
    select distinct on (1) * from unnest(%s::text[], %s::text[], %s::int[], %s::int[],
        %s::text[], %s::bool[])
    on conflict (code) do update set easting = excluded.easting, northing = excluded.northing,
        place = excluded.place, ended = excluded.ended"""
# The middle of the postcodes that are in use; of all of them where none is.
OUTWARD_CODES = """
    insert into outward_code (outward, easting, northing, place)
    select outward,
        coalesce(avg(easting) filter (where not ended), avg(easting))::integer,
        coalesce(avg(northing) filter (where not ended), avg(northing))::integer,
        mode() within group (order by place)
    from postcode group by outward
    on conflict (outward) do update set easting = excluded.easting,
        northing = excluded.northing, place = excluded.place"""


def load(
    owner: psycopg.Connection,
    path: Path,
    names: Path | None = None,
    progress: Callable[[str], None] = lambda _words: None,
) -> Counter[str]:
    """Load the directory in batches; `names` is its table of local authorities' names.

    Raises:
        Invalid: the file is not the ONS Postcode Directory.
    """
    owner.autocommit = True
    counts: Counter[str] = Counter()
    found = _postcodes(path, _names(names) if names else {}, counts)
    while batch := list(itertools.islice(found, BATCH)):
        with owner.transaction():
            owner.execute("set local role trellis_policy")
            owner.execute(KEEP, [list(column) for column in zip(*batch, strict=True)])
        progress(f"{counts['in use'] + counts['ended']:,} postcodes")
    with owner.transaction():
        owner.execute("set local role trellis_policy")
        owner.execute(OUTWARD_CODES)
    return counts


def _postcodes(path: Path, names: dict[str, str], counts: Counter[str]) -> Iterator[Postcode]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        missing = set(NEEDED) - set(reader.fieldnames or ())
        if missing:
            words = ", ".join(sorted(missing))
            raise Invalid(f"This is not the ONS Postcode Directory: it has no column {words}")
        for row in reader:
            code, outward = row["pcds"].replace(" ", "").upper(), outward_code(row["pcds"])
            spot = _spot(row, code)
            if outward is None or outward == code:
                counts["not a postcode"] += 1
            elif spot is None:
                counts["without a position"] += 1
            else:
                ended = bool(row["doterm"].strip())
                counts["ended" if ended else "in use"] += 1
                yield code, outward, *spot, names.get(row.get("oslaua", ""), outward), ended


def _spot(row: dict[str, str], code: str) -> tuple[int, int] | None:
    try:
        if row["osgrdind"] == NO_POSITION:
            return None
        if code.startswith("BT"):
            latitude, longitude = float(row["lat"]), float(row["long"])
            near = 53 < latitude < 56 and -9 < longitude < -5
            return easting_northing(latitude, longitude) if near else None
        return int(row["oseast1m"]), int(row["osnrth1m"])
    except ValueError:
        return None


def _names(path: Path) -> dict[str, str]:
    """The "names and codes" table that comes with the directory: LAD…CD, LAD…NM."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        columns = reader.fieldnames or ()
        code = next((one for one in columns if one.upper().endswith("CD")), None)
        name = next((one for one in columns if one.upper().endswith("NM")), None)
        if code is None or name is None:
            raise Invalid("The table of names needs a column …CD and a column …NM")
        return {row[code]: row[name] for row in reader if row[name]}
