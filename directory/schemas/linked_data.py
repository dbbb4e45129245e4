"""A listing as JSON-LD in the words of schema.org, for search engines and assistants."""

from typing import Any

from directory.grid import latitude_longitude
from directory.models.location import Location
from directory.models.schedule import Day, Schedule
from directory.models.service import Service

NAMES = {day: f"https://schema.org/{day.name.capitalize()}" for day in Day}


def linked_data(service: Service, address: str) -> dict[str, Any]:
    """What the public page of a service says; `address` is that page's."""
    places: list[Location | None] = [placed.location for placed in service.places]
    said = {
        "@context": "https://schema.org",
        "@type": "Service",
        "@id": address,
        "url": address,
        "name": service.name,
        "description": service.description,
        "serviceType": [term.name for term in service.terms],
        "provider": _provider(service),
        "areaServed": [one.name or ", ".join(one.outwards) for one in service.areas],
        "audience": _audience(service),
        "hoursAvailable": [one for row in service.schedules for one in _hours(row)],
        "availableChannel": [_channel(service, one) for one in places or [None]],
    }
    found: dict[str, Any] = _without_nothing(said)
    return found


def _provider(service: Service) -> dict[str, Any]:
    organisation = service.organisation
    return {"@type": "Organization", "name": organisation.name, "url": organisation.url}


def _audience(service: Service) -> dict[str, Any] | None:
    known = {
        "suggestedMinAge": service.minimum_age,
        "suggestedMaxAge": service.maximum_age,
        "audienceType": service.eligibility,
    }
    found = _without_nothing(known)
    return {"@type": "PeopleAudience", **found} if found else None


def _hours(row: Schedule) -> list[dict[str, Any]]:
    """One for each day that comes every week; others schema.org cannot say."""
    if row.freq != "WEEKLY" or row.interval != 1:
        return []
    return [
        {
            "@type": "OpeningHoursSpecification",
            "dayOfWeek": NAMES[Day(day)],
            "opens": row.opens_at.isoformat("minutes") if row.opens_at else None,
            "closes": row.closes_at.isoformat("minutes") if row.closes_at else None,
        }
        for day in row.byday.split(",")
    ]


def _channel(service: Service, place: Location | None) -> dict[str, Any]:
    telephone = {"@type": "ContactPoint", "telephone": service.phone}
    return {
        "@type": "ServiceChannel",
        "serviceUrl": service.url,
        "servicePhone": telephone if service.phone else None,
        "availableLanguage": service.languages,
        "serviceLocation": _place(place) if place else None,
    }


def _place(place: Location) -> dict[str, Any]:
    spot = None
    if place.easting is not None and place.northing is not None:
        latitude, longitude = latitude_longitude(place.easting, place.northing)
        spot = {"@type": "GeoCoordinates", "latitude": latitude, "longitude": longitude}
    address = {
        "@type": "PostalAddress",
        "streetAddress": place.address,
        "addressLocality": place.town,
        "postalCode": place.postcode,
        "addressCountry": "GB",
    }
    return {"@type": "Place", "name": place.name, "address": address, "geo": spot}


def _without_nothing(said: Any) -> Any:
    """The same without what is blank, at every depth. Nought is an age like another."""
    if isinstance(said, dict):
        kept = {name: _without_nothing(value) for name, value in said.items()}
        return {name: value for name, value in kept.items() if value not in (None, "", [], {})}
    return [_without_nothing(one) for one in said] if isinstance(said, list) else said
