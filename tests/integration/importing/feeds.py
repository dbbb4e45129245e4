"""Small feeds of our own, in the shapes that councils publish."""

from typing import Any


def a_service(
    known_as: str, name: str, organisation: str = "Saltmere Friends", **more: Any
) -> dict:
    """One service of version 3.0."""
    return {
        "id": known_as,
        "name": name,
        "status": "active",
        "description": f"<p>{name} for everybody</p>",
        "organization": {"id": f"o-{organisation}", "name": organisation, "description": ""},
        **more,
    }


def a_page(services: list, number: int, total: int) -> dict:
    """A page of version 3.0."""
    return {
        "total_items": 99,
        "total_pages": total,
        "page_number": number,
        "size": len(services),
        "first_page": number == 1,
        "last_page": number == total,
        "empty": not services,
        "contents": services,
    }
