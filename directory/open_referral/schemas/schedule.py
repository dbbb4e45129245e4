"""When a service happens, in the terms of RFC 5545."""

from typing import Any

from marshmallow import fields

from directory.models.service import Service
from directory.models.timetable import Session
from directory.open_referral.schemas.published import Published, listed, told


class ScheduleSchema(Published):
    """One repeating time; hours are those of clocks in the United Kingdom."""

    id = fields.UUID(required=True)
    service_id = fields.UUID()
    freq = fields.String(metadata={"enum": ["WEEKLY", "MONTHLY"]})
    interval = fields.Integer()
    wkst = told(fields.String(), lambda _: "MO")
    byday = fields.String(metadata={"description": "Such as MO,WE; monthly ones such as 1TU."})
    description = told(fields.String(), lambda one: Session.of(one["row"]).words)
    opens_at = told(fields.Time(), lambda one: one["row"].opens_at)
    closes_at = told(fields.Time(), lambda one: one["row"].closes_at)
    attending_type = fields.String()
    notes = fields.String()


def schedules_of(service: Service) -> list[dict[str, Any]]:
    """The repeating times of a service, with how people attend."""
    return [
        {
            "row": row,
            "id": row.id,
            "service_id": service.id,
            "freq": row.freq,
            "interval": row.interval,
            "byday": row.byday,
            "attending_type": ", ".join(service.access_modes),
            "notes": row.note,
        }
        for row in service.schedules
    ]


SCHEDULES = listed(ScheduleSchema, schedules_of)
