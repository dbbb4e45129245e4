"""The parts of a service that are lists of words: fees, languages, areas, how people meet it."""

from typing import Any

from directory.importing import cleaning
from directory.importing.entry import Fields, Raw
from directory.importing.shapes.pieces import rows
from directory.models.service import AccessMode

MODES = (
    (("venue", "person", "premises", "centre"), AccessMode.IN_PERSON),
    (("online", "video", "web", "virtual"), AccessMode.ONLINE),
    (("phone",), AccessMode.PHONE),
    (("home",), AccessMode.AT_HOME),
)


def eligibility(row: Raw) -> str:
    """Who a service is for, in its own words."""
    said = [cleaning.text(row.get("eligibility_description"), 4000)]
    said += [
        cleaning.text(one.get("eligibility"), 1000)
        for one in rows(row, "eligibilitys", "eligibilities")
    ]
    return cleaning.cut(cleaning.joined(said, "\n"), 4000)


def fees(row: Raw) -> str:
    """What it costs, with each price."""
    said = [cleaning.line(row.get("fees") or row.get("fees_description"), 1000)]
    said += [_price(one) for one in rows(row, "cost_options")]
    return cleaning.cut(cleaning.joined(said, ". "), 2000)


def access_modes(row: Raw) -> list[str]:
    """How people meet it, in the four ways we know."""
    told = [row, *rows(row, "schedules", "regular_schedules")]
    said = " ".join(cleaning.line(one.get("attending_type")).lower() for one in told)
    return [str(mode) for marks, mode in MODES if any(mark in said for mark in marks)]


def languages(row: Raw) -> list[str]:
    """The languages it speaks, by name."""
    said = rows(row, "languages")
    names = (one.get("name") or one.get("language") or one.get("code") for one in said)
    return list(dict.fromkeys(name for one in names if (name := cleaning.line(one, 60))))


def areas(row: Raw) -> list[Fields]:
    """Where people must live, in words; a feed does not say which postcodes."""
    said = rows(row, "service_areas")
    names = {cleaning.line(one.get("name") or one.get("service_area")) for one in said}
    return [{"name": name, "outwards": []} for name in sorted(names) if name]


def taxonomy(row: Raw) -> list[str]:
    """The source's own names of what it helps with."""
    told: list[Any] = [one.get("taxonomy_term") for one in rows(row, "attributes")]
    told += [one.get("taxonomy") for one in rows(row, "service_taxonomys")]
    told += list(rows(row, "taxonomy_terms"))
    names = [cleaning.line(one.get("name")) for one in told if isinstance(one, dict)]
    return list(dict.fromkeys(name for name in names if name))


def _price(row: Raw) -> str:
    amount = row.get("amount")
    price = f"£{amount:g}" if isinstance(amount, int | float) and amount else ""
    if isinstance(amount, str):
        price = cleaning.line(amount, 40)
    said = cleaning.joined([price, cleaning.line(row.get("amount_description"))], " ")
    return cleaning.joined([cleaning.line(row.get("option")), said], ": ")
