"""Loading the GP practices of NHS ODS (epraccur): a file without a header, a column a fact.

Prescribing cost centres that are not GP practices are in the file too: they are left out, and
counted. A practice that has closed is kept, because a record may still name it.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from pathlib import Path

import psycopg

from app.core.errors import Invalid

COLUMNS = 26
CODE, NAME, ADDRESS, POSTCODE = 0, 1, slice(4, 9), 9
CLOSED, STATUS, PHONE, SETTING = 11, 12, 17, 25
GP_PRACTICE = "4"
OPEN_STATES = {"A", "D", "P"}
ODS_CODE = re.compile(r"[A-Z0-9]{3,10}")
PART = re.compile(r"(^mc|^o'|^|[-(/&.])([a-z])")
SMALL = {"and", "of", "the", "at", "on", "in", "for", "upon", "by", "le"}
ATTRIBUTION = (
    "Source: NHS Organisation Data Service, licensed under the Open Government Licence v3.0.",
)
KEEP = """
    insert into practice (code, name, address, postcode, phone, closed_on)
    values (%s, %s, %s, %s, %s, %s)
    on conflict (code) do update set name = excluded.name, address = excluded.address,
        postcode = excluded.postcode, phone = excluded.phone, closed_on = excluded.closed_on
    where (practice.name, practice.address, practice.postcode, practice.phone, practice.closed_on)
        is distinct from (excluded.name, excluded.address, excluded.postcode, excluded.phone,
            excluded.closed_on)"""
Row = tuple[str, str, str, str, str, date | None]


def load(owner: psycopg.Connection, path: Path) -> Counter[str]:
    """Load or renew every practice in the file, in one transaction; safe to run again.

    Raises:
        Invalid: the file is not epraccur.
    """
    counts: Counter[str] = Counter()
    with owner.transaction(), owner.cursor() as cursor:
        cursor.execute("set local role trellis_policy")
        cursor.executemany(KEEP, list(_practices(path, counts)))
    if not counts["open"] + counts["closed"]:
        raise Invalid("There is no GP practice in this file: it is not epraccur of NHS ODS")
    return counts


def _practices(path: Path, counts: Counter[str]) -> Iterator[Row]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        for number, row in enumerate(csv.reader(file), 1):
            if len(row) < COLUMNS or not ODS_CODE.fullmatch(row[CODE].strip()):
                raise Invalid(f"Line {number} is not one of epraccur: {COLUMNS} columns or more")
            if row[SETTING].strip() != GP_PRACTICE:
                counts["not a GP practice"] += 1
                continue
            closed = _closed(row)
            counts["closed" if closed else "open"] += 1
            address = ", ".join(_capitals(part) for part in row[ADDRESS] if part.strip())
            name = _capitals(row[NAME])
            yield row[CODE].strip(), name, address, row[POSTCODE].strip(), row[PHONE], closed


def _closed(row: list[str]) -> date | None:
    """When it closed; a practice that says only that it has, closed on a day nobody knows."""
    told = row[CLOSED].strip()
    if row[STATUS].strip() in OPEN_STATES:
        return None
    return datetime.strptime(told, "%Y%m%d").date() if told.isdigit() else date.min  # noqa: DTZ007


def _capitals(words: str) -> str:
    """From capitals to a name as people write it: "Queens Park Medical Centre"."""
    return " ".join(_word(one, first=not place) for place, one in enumerate(_split(words)))


def _split(words: str) -> Iterable[str]:
    return words.strip().lower().split()


def _word(one: str, *, first: bool) -> str:
    if one in SMALL and not first:
        return one
    return re.sub(PART, lambda found: found[1].capitalize() + found[2].upper(), one)
