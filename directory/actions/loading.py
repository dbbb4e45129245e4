"""Loading reference data from files: needs, disclosure profiles, postcodes. Safe to run again.

An operator does this, not a user: as the owner of the database in the maintenance role.
"""

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path

import psycopg

import directory
from app.core.errors import Invalid
from directory.models.disclosure import Field
from directory.models.taxonomy import NEEDS
from directory.queries.postcode import outward_code

DATA = Path(directory.__file__).parent / "data"
NEEDS_FILE = DATA / "needs.csv"
PROFILES_FILE = DATA / "disclosure-profiles.csv"
DEMONSTRATION_POSTCODES = DATA / "postcodes-demonstration.csv"

PROFILE = """
    insert into disclosure_profile (id, created_at, code, name, words, fields)
    values (gen_random_uuid(), now(), %(code)s, %(name)s, %(words)s, %(fields)s)
    on conflict (code) do update
    set name = excluded.name, words = excluded.words, fields = excluded.fields
    where disclosure_profile.changed_by = ''"""
TAXONOMY = """
    insert into taxonomy (id, created_at, name) values (gen_random_uuid(), now(), %s)
    on conflict (name) do nothing"""
TERM = """
    insert into taxonomy_term (id, created_at, taxonomy_id, code, name, synonyms, position,
        parent_id, disclosure_profile_id)
    select gen_random_uuid(), now(), t.id, %(code)s, %(name)s, %(synonyms)s, %(position)s,
        (select id from taxonomy_term where taxonomy_id = t.id and code = %(group)s),
        (select id from disclosure_profile where code = %(profile)s)
    from taxonomy t where t.name = %(taxonomy)s
    on conflict (taxonomy_id, code) do update set name = excluded.name,
        synonyms = excluded.synonyms, position = excluded.position,
        parent_id = excluded.parent_id, disclosure_profile_id = excluded.disclosure_profile_id"""
POSTCODE = """
    insert into postcode (code, outward, easting, northing, place)
    values (%s, %s, %s, %s, %s)
    on conflict (code) do update set easting = excluded.easting, northing = excluded.northing,
        place = excluded.place, ended = false"""
OUTWARD_CODES = """
    insert into outward_code (outward, easting, northing, place)
    select outward, avg(easting)::integer, avg(northing)::integer,
        mode() within group (order by place)
    from postcode group by outward
    on conflict (outward) do update set easting = excluded.easting,
        northing = excluded.northing, place = excluded.place"""


def load_needs(
    owner: psycopg.Connection, needs: Path = NEEDS_FILE, profiles: Path = PROFILES_FILE
) -> int:
    """Load the disclosure profiles and the needs; returns the number of needs.

    Raises:
        Invalid: a profile names a field that cannot be disclosed.
    """
    with owner.transaction(), owner.cursor() as cursor:
        cursor.execute("set local role trellis_policy")
        for row in _rows(profiles):
            cursor.execute(PROFILE, row | {"fields": _fields(row)})
        cursor.execute(TAXONOMY, [NEEDS])
        count = 0
        for count, row in enumerate(_rows(needs), 1):
            more = {"synonyms": _split(row["synonyms"]), "position": count, "taxonomy": NEEDS}
            cursor.execute(TERM, row | more)
    return count


def load_postcodes(owner: psycopg.Connection, path: Path) -> int:
    """Load a file of postcode, easting, northing, place; returns how many."""
    with owner.transaction(), owner.cursor() as cursor:
        cursor.execute("set local role trellis_policy")
        cursor.executemany(POSTCODE, _postcodes(_rows(path)))
        loaded = cursor.rowcount
        cursor.execute(OUTWARD_CODES)
    return loaded


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


def _split(text: str) -> list[str]:
    return [part.strip() for part in text.split(";") if part.strip()]


def _fields(row: dict[str, str]) -> list[str]:
    fields = _split(row["fields"])
    unknown = set(fields) - set(Field)
    if unknown:
        raise Invalid(f"Profile {row['code']} names unknown fields: {', '.join(sorted(unknown))}")
    return fields


def _postcodes(
    rows: Iterable[dict[str, str]],
) -> Iterator[tuple[str, str, int, int, str]]:
    for row in rows:
        code, outward = row["postcode"].replace(" ", "").upper(), outward_code(row["postcode"])
        if outward is None or outward == code:
            raise Invalid(f"{row['postcode']} is not a full postcode")
        yield code, outward, int(row["easting"]), int(row["northing"]), row["place"]
