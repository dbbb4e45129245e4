"""A service at a location, as a part of its service."""

from marshmallow import fields

from directory.open_referral.schemas.location import LocationSchema
from directory.open_referral.schemas.published import Published


class NestedPlaceSchema(Published):
    """A place inside its service."""

    id = fields.UUID(required=True)
    service_id = fields.UUID()
    location_id = fields.UUID()
    location = fields.Nested(LocationSchema)
