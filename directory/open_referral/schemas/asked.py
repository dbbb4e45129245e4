"""What may be asked of a list: every parameter, its limits, and what to do when it is wrong."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, time
from typing import Any

from marshmallow import (
    EXCLUDE,
    Schema,
    ValidationError,
    fields,
    pre_load,
    validate,
    validates_schema,
)

from directory.models.schedule import Day
from directory.open_referral.queries.page import MOST, PER_PAGE
from directory.open_referral.queries.service import WEIGHED
from directory.queries.postcode import outward_code
from directory.queries.words import LONGEST

OLDEST, LAST_PAGE, FARTHEST = 130, 1_000_000, 1_000_000
WHOLE_NUMBER = "Give a whole number, such as 2"
ID = "Give an id, such as ac148810-d857-441c-9679-408f346de14b"
YES_NO = "Give true or false"
CLOCK = {"pattern": r"^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$"}
POSTCODE = r"^[A-Za-z]{1,2}\d[A-Za-z\d]?( ?\d[A-Za-z]{2})?$"
DAYS = {said: day for day in Day for said in (day.value, day.name, day.name[:3])}


class Moment(fields.Field[datetime]):
    """A date, or a date and time; UTC when no zone is given."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> datetime:
        # The + of a time zone reaches us as a space when it was not written %2B.
        text = re.sub(r"(T\S+) (\d\d:?\d\d)$", r"\1+\2", str(value))
        try:
            found = datetime.fromisoformat(text)
            return found if found.tzinfo else found.replace(tzinfo=UTC)
        except ValueError:
            raise ValidationError("Give a date and time, such as 2026-11-22T09:30:00Z") from None


class TimeOfDay(fields.Field[time]):
    """A time by a clock in the United Kingdom."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> time:
        try:
            return time.fromisoformat(str(value)).replace(tzinfo=None)
        except ValueError:
            raise ValidationError("Give a time of day, such as 09:30") from None


class Weekday(fields.Field[Day]):
    """A day as RFC 5545 has it, or as people write it."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> Day:
        try:
            return DAYS[str(value).upper()]
        except KeyError:
            raise ValidationError(f"Give one of {', '.join(Day)}") from None


class Postcode(fields.Field[str]):
    """A postcode in any spacing, or its first half."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> str:
        if outward_code(str(value)) is None:
            raise ValidationError("Give a postcode, such as QS1 1AA, or its first half")
        return str(value)


def whole_number(low: int, high: int, about: str, **more: Any) -> fields.Integer:
    """A whole number between two others."""
    between = validate.Range(low, high, error=f"Give a whole number from {low} to {high}")
    return fields.Integer(
        validate=between,
        error_messages={"invalid": WHOLE_NUMBER, "too_large": WHOLE_NUMBER},
        metadata={"description": about},
        **more,
    )


def yes_no(about: str) -> fields.Boolean:
    """True or false; false when it is not said."""
    return fields.Boolean(
        truthy={"true", "True", "1"},
        falsy={"false", "False", "0"},
        load_default=False,
        error_messages={"invalid": YES_NO},
        metadata={"description": about},
    )


def record_id(about: str) -> fields.UUID:
    """The id of a record."""
    return fields.UUID(error_messages={"invalid_uuid": ID}, metadata={"description": about})


class AskedPage(Schema):
    """Which page. Parameters that nobody knows are left aside."""

    class Meta:  # noqa: D106
        unknown = EXCLUDE

    page = whole_number(1, LAST_PAGE, "Number of the page, from 1.", load_default=1)
    per_page = whole_number(1, MOST, f"Records on a page; {PER_PAGE} when it is not said.")

    @pre_load
    def _leave_out_blanks(self, data: Mapping[str, str], **_: Any) -> dict[str, str]:
        return {name: value.strip() for name, value in data.items() if value.strip()}


class AskedServices(AskedPage):
    """Which services."""

    search = fields.String(
        validate=validate.Length(max=LONGEST, error=f"Give {LONGEST} characters at most"),
        metadata={
            "description": "Words that must all be in a service or its needs. Finds active ones: "
            f"the best first, or in the order of their ids when more than {WEIGHED:,} are found."
        },
    )
    taxonomy_term_id = record_id("Services with this term, or with one under it.")
    taxonomy_id = record_id("Services with any term of this taxonomy.")
    organization_id = record_id("Services of this organisation.")
    minimum_age = whole_number(0, OLDEST, "Services whose minimum age is at least this.")
    maximum_age = whole_number(0, OLDEST, "Services whose maximum age is this at most.")
    start_time = TimeOfDay(
        metadata=CLOCK | {"description": "Services that open at this time or later."}
    )
    end_time = TimeOfDay(metadata=CLOCK | {"description": "Services that close by this time."})
    day = Weekday(
        metadata={"description": "Services on this day.", "enum": [str(one) for one in Day]}
    )
    modified_after = Moment(metadata={"description": "Changed or confirmed since then."})
    minimal = yes_no(
        "Only ids and times of change; 10,000 on a page unless per_page says otherwise."
    )
    full = yes_no("Everything that belongs to each record.")


class AskedPlaces(AskedServices):
    """Which services at locations."""

    postcode = Postcode(
        metadata={
            "description": "For somebody who lives there, nearest first. One that does not exist "
            "is refused.",
            "pattern": POSTCODE,
        }
    )
    proximity = whole_number(1, FARTHEST, "Metres from the postcode, which must be given too.")

    @validates_schema
    def _far_from_somewhere(self, data: Mapping[str, Any], **_: Any) -> None:
        if data.get("proximity") and not data.get("postcode"):
            raise ValidationError("Give a postcode too: from there it is measured", "proximity")
