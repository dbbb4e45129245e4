"""Real places: where they are, their address, and what makes them usable by more people."""

from typing import Any

from marshmallow import fields

from directory.grid import latitude_longitude
from directory.models.location import Facility, Location
from directory.open_referral.identifiers import made_of
from directory.open_referral.schemas.published import Published, listed, told

SENTENCES = {
    Facility.STEP_FREE: "The entrance has no steps.",
    Facility.TOILET: "There is an accessible toilet.",
    Facility.HEARING_LOOP: "There is a hearing loop.",
    Facility.PARKING: "There is blue badge parking.",
    Facility.CHANGING: "There is a place to change a baby.",
    Facility.QUIET_ROOM: "There is a quiet room.",
}


class AddressSchema(Published):
    """A postal address in the United Kingdom."""

    id = fields.UUID(required=True)
    location_id = fields.UUID()
    address_1 = fields.String(required=True)
    city = fields.String(required=True)
    state_province = fields.String(required=True, metadata={"description": "Always blank."})
    postal_code = fields.String(required=True)
    country = fields.String(required=True)
    address_type = fields.String(required=True)


class AccessibilitySchema(Published):
    """One thing about getting in and around."""

    id = fields.UUID(required=True)
    location_id = fields.UUID()
    description = fields.String()
    details = fields.String()


class LocationListedSchema(Published):
    """A place by itself. Latitude and longitude are WGS84, of its postcode."""

    id = fields.UUID(required=True)
    location_type = told(fields.String(required=True), lambda _: "physical")
    name = fields.String()
    transportation = fields.String(attribute="travel")
    latitude = told(fields.Float(), lambda one: _degrees(one)[0])
    longitude = told(fields.Float(), lambda one: _degrees(one)[1])


def _degrees(row: Location) -> tuple[float | None, float | None]:
    if row.easting is None or row.northing is None:
        return None, None
    return latitude_longitude(row.easting, row.northing)


def addresses_of(row: Location) -> list[dict[str, Any]]:
    """The address of a place, when it has one."""
    if not row.address_words:
        return []
    return [
        {
            "id": made_of(row.id, "address"),
            "location_id": row.id,
            "address_1": row.address or row.name,
            "city": row.town,
            "state_province": "",
            "postal_code": row.postcode,
            "country": "GB",
            "address_type": "physical",
        }
    ]


def accessibility_of(row: Location) -> list[dict[str, Any]]:
    """Its facilities one by one, then what else is said about access."""
    told_of = [(one, SENTENCES[Facility(one)]) for one in row.facilities if one in set(Facility)]
    found = [
        {"id": made_of(row.id, "accessibility", one), "description": one, "details": words}
        for one, words in told_of
    ]
    if row.access:
        found.append({"id": made_of(row.id, "accessibility"), "description": row.access})
    return [{"location_id": row.id, **one} for one in found]


class LocationSchema(LocationListedSchema):
    """A place with its address and accessibility."""

    addresses = listed(AddressSchema, addresses_of)
    accessibility = listed(AccessibilitySchema, accessibility_of)
