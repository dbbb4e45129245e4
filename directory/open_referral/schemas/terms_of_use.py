"""On what terms a service is used: where people live, what it costs, languages, room."""

from typing import Any

from marshmallow import fields

from directory.models.capacity import CapacityState
from directory.models.service import Service
from directory.open_referral.identifiers import made_of
from directory.open_referral.schemas.published import Published, listed

NOTHING = frozenset({"free", "free of charge", "no charge", "no cost", "nothing", "none"})


class ServiceAreaSchema(Published):
    """Where people must live; without one a service is for anywhere."""

    id = fields.UUID(required=True)
    service_id = fields.UUID()
    name = fields.String()
    extent = fields.String(metadata={"description": "Outward codes of postcodes."})
    extent_type = fields.String()


class CostOptionSchema(Published):
    """What people pay."""

    id = fields.UUID(required=True)
    service_id = fields.UUID()
    amount = fields.Float()
    currency = fields.String()
    amount_description = fields.String()


class LanguageSchema(Published):
    """A language that is spoken there."""

    id = fields.UUID(required=True)
    service_id = fields.UUID()
    name = fields.String()


class UnitSchema(Published):
    """What room is counted in."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)


class ServiceCapacitySchema(Published):
    """Room at one moment, as HSDS 3.1 has it; the description is what people read."""

    id = fields.UUID(required=True)
    service_id = fields.UUID()
    unit = fields.Nested(UnitSchema, required=True)
    available = fields.Integer(required=True)
    description = fields.String()
    updated = fields.AwareDateTime(required=True)


def areas_of(service: Service) -> list[dict[str, Any]]:
    """The areas that a service is for."""
    return [
        {
            "id": area.id,
            "service_id": service.id,
            "name": area.name or ", ".join(area.outwards),
            "extent": ", ".join(area.outwards),
            "extent_type": "text",
        }
        for area in service.areas
    ]


def costs_of(service: Service) -> list[dict[str, Any]]:
    """What it costs: an amount only when it is certainly nothing."""
    if not service.fees:
        return []
    is_free = service.fees.strip(" .!").casefold() in NOTHING
    known = {"amount": 0, "currency": "GBP"} if is_free else {}
    said = {"service_id": service.id, "amount_description": service.fees}
    return [{"id": made_of(service.id, "cost"), **said, **known}]


def languages_of(service: Service) -> list[dict[str, Any]]:
    """The languages of a service."""
    return [
        {"id": made_of(service.id, "language", one), "service_id": service.id, "name": one}
        for one in service.languages
    ]


def capacities_of(service: Service) -> list[dict[str, Any]]:
    """The state of places, when it is known how many: a full service has none.

    "Places available" without a number is at least one; a waiting list has none today.
    """
    if service.capacity_state is None or service.capacity_updated_at is None:
        return []
    has_room = service.capacity_state == CapacityState.PLACES
    known = 1 if service.capacity_places is None else service.capacity_places
    return [
        {
            "id": made_of(service.id, "capacity"),
            "service_id": service.id,
            "unit": {"id": made_of(service.id, "capacity", "unit"), "name": "Places"},
            "available": known if has_room else 0,
            "description": service.capacity.words,
            "updated": service.capacity_updated_at,
        }
    ]


SERVICE_AREAS = listed(ServiceAreaSchema, areas_of)
COST_OPTIONS = listed(CostOptionSchema, costs_of)
LANGUAGES = listed(LanguageSchema, languages_of)
CAPACITIES = listed(ServiceCapacitySchema, capacities_of)
