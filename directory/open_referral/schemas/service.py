"""Services: by themselves in lists, and whole with everything that belongs to them."""

from datetime import date, datetime

from flask import current_app, url_for
from marshmallow import fields

from app.core import clock
from directory.models.service import Service, ServiceStatus
from directory.open_referral.schemas.contact import CONTACTS
from directory.open_referral.schemas.organization import (
    OrganizationListedSchema,
    OrganizationSchema,
)
from directory.open_referral.schemas.place import NestedPlaceSchema
from directory.open_referral.schemas.published import (
    Published,
    address_of_mail,
    address_of_web,
    listed,
    told,
)
from directory.open_referral.schemas.schedule import SCHEDULES
from directory.open_referral.schemas.taxonomy import ATTRIBUTES
from directory.open_referral.schemas.terms_of_use import (
    CAPACITIES,
    COST_OPTIONS,
    LANGUAGES,
    SERVICE_AREAS,
)

ASK_YOURSELF = "People may ask for themselves"
BE_REFERRED = "a professional may refer them"


def assured_on(service: Service) -> date | None:
    """The day on which somebody last said that the listing is right."""
    return clock.local(service.assured_at).date() if service.assured_at else None


def changed_at(service: Service) -> datetime:
    """When the service, or who offers it, was last changed or confirmed."""
    theirs = service.last_modified, service.organisation.last_modified
    return max(*theirs, service.assured_at or service.last_modified)


def way_in(service: Service) -> str:
    """How people come to the service, in a sentence."""
    ways = [
        *([ASK_YOURSELF] if service.self_referral else []),
        *([BE_REFERRED] if service.accepts_referrals else []),
    ]
    words = ", or ".join(ways)
    return f"{words[0].upper()}{words[1:]}." if words else ""


def alert_of(service: Service) -> str:
    """What to know now; of a listing that was merged, where to look instead."""
    if not service.merged_into_id:
        return service.alert
    kept = url_for("open_referral.service", service_id=service.merged_into_id)
    address = current_app.config["SETTINGS"].public_url + kept
    return f"This listing was merged into another, which stays: {address}"


class ServiceMinimalSchema(Published):
    """Enough for who keeps a copy: what to fetch again."""

    id = fields.UUID(required=True)
    last_modified = fields.AwareDateTime(required=True)


class ServiceListedSchema(Published):
    """A service by itself, with the organisation that offers it."""

    id = fields.UUID(required=True)
    organization_id = fields.UUID(attribute="organisation_id")
    name = fields.String(required=True)
    description = fields.String()
    url = address_of_web(lambda one: one.url)
    email = address_of_mail(lambda one: one.email)
    status = fields.String(required=True, metadata={"enum": [str(one) for one in ServiceStatus]})
    fees = fields.String()
    minimum_age = fields.Integer()
    maximum_age = fields.Integer()
    eligibility_description = fields.String(attribute="eligibility")
    application_process = told(fields.String(), way_in)
    assured_date = told(fields.Date(), assured_on)
    alert = told(fields.String(), alert_of)
    last_modified = told(fields.AwareDateTime(), changed_at)
    organization = fields.Nested(OrganizationListedSchema, attribute="organisation")


class ServiceNestedSchema(ServiceListedSchema):
    """A service with all but its places."""

    organization = fields.Nested(OrganizationSchema, attribute="organisation")
    schedules = SCHEDULES
    service_areas = SERVICE_AREAS
    languages = LANGUAGES
    funding = told(fields.List(fields.Dict(), metadata={"description": "Empty."}), lambda _: [])
    cost_options = COST_OPTIONS
    contacts = CONTACTS
    attributes = ATTRIBUTES
    capacities = CAPACITIES


class ServiceSchema(ServiceNestedSchema):
    """A service with everything."""

    service_at_locations = listed(NestedPlaceSchema, lambda one: one.places)
