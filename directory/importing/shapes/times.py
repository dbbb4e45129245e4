"""When a service happens: the schedules of a feed that a timetable can say."""

import re
from datetime import date, time
from typing import Any

from app.core import clock
from directory.importing import cleaning
from directory.importing.entry import Fields, Raw
from directory.importing.shapes.pieces import Pieces, rows

DAY = re.compile(r"(-1|[1-4])?(MO|TU|WE|TH|FR|SA|SU)")
MOST = 50


def of(pieces: Pieces) -> list[Fields]:
    """Every repeating time that is not over; a remark for each that cannot be said."""
    said = []
    for row in rows(pieces.row, "schedules", "regular_schedules"):
        if not row.get("byday") or _is_over(row):
            continue
        read = _read(row)
        if read is None:
            value = f"{row.get('freq')} {row.get('interval')} {row.get('byday')}"
            pieces.remark("mended", "schedules", value, "a time we cannot show: left out")
        elif read not in said:
            said.append(read)
    return said[:MOST]


def day(value: Any) -> date | None:
    """A day as feeds write it, with or without a time of day."""
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


def _is_over(row: Raw) -> bool:
    until = day(row.get("valid_to"))
    return until is not None and until < clock.today()


def _read(row: Raw) -> Fields | None:
    days = [one.strip().upper() for one in str(row["byday"]).split(",")]
    found = [match for one in days if (match := DAY.fullmatch(one))]
    weeks = {match[1] for match in found}
    interval = cleaning.age(row.get("interval") or 1)
    freq = str(row.get("freq") or "WEEKLY").upper()
    sound = len(found) == len(days) and len(weeks) == 1
    weekly = freq == "WEEKLY" and weeks == {None} and interval in {1, 2}
    monthly = freq == "MONTHLY" and None not in weeks and interval == 1
    if not sound or not (weekly or monthly):
        return None
    return {
        "freq": freq,
        "interval": interval,
        "byday": ",".join(dict.fromkeys(days)),
        "opens_at": _time(row.get("opens_at")),
        "closes_at": _time(row.get("closes_at")),
        "note": cleaning.line(row.get("description") or row.get("notes")),
    }


def _time(value: Any) -> str | None:
    try:
        at = time.fromisoformat(str(value)).replace(tzinfo=None, microsecond=0)
    except ValueError:
        return None
    return at.isoformat()
