"""A service at a location, with both of them."""

from marshmallow import fields

from directory.open_referral.schemas.location import LocationListedSchema, LocationSchema
from directory.open_referral.schemas.published import Published
from directory.open_referral.schemas.service import ServiceListedSchema, ServiceNestedSchema


class OfferMinimalSchema(Published):
    """Enough for who keeps a copy: what to fetch again."""

    id = fields.UUID(required=True)
    service_id = fields.UUID(required=True)
    last_modified = fields.AwareDateTime(required=True)


class OfferListedSchema(Published):
    """A service at a location, neither with its parts."""

    id = fields.UUID(required=True, attribute="place.id")
    service_id = fields.UUID(attribute="place.service_id")
    location_id = fields.UUID(attribute="place.location_id")
    location = fields.Nested(LocationListedSchema, attribute="place.location")
    service = fields.Nested(ServiceListedSchema)


class OfferSchema(OfferListedSchema):
    """A service at a location, both whole."""

    location = fields.Nested(LocationSchema, attribute="place.location")
    service = fields.Nested(ServiceNestedSchema)
