"""Whom to ask: contacts and their telephones. Only what the public page shows as well."""

import uuid
from typing import Any

from marshmallow import fields

from directory.models.service import Service
from directory.open_referral.identifiers import made_of
from directory.open_referral.schemas.published import Published, address_of_mail, listed


class PhoneSchema(Published):
    """A telephone number."""

    id = fields.UUID(required=True)
    contact_id = fields.UUID()
    number = fields.String(required=True)


class ContactSchema(Published):
    """Somebody, or a desk, that answers questions about a service."""

    id = fields.UUID(required=True)
    service_id = fields.UUID()
    name = fields.String()
    email = address_of_mail(lambda one: one["email"])
    phones = fields.List(fields.Nested(PhoneSchema))


def phones(of: uuid.UUID, number: str, **more: Any) -> list[dict[str, Any]]:
    """The telephone of something, if it has one."""
    return [{"id": made_of(of, "phone"), "number": number, **more}] if number else []


def contacts_of(service: Service) -> list[dict[str, Any]]:
    """The contact of a service, if there is any way to reach one."""
    if not (service.contact_name or service.phone or service.email):
        return []
    contact = made_of(service.id, "contact")
    return [
        {
            "id": contact,
            "service_id": service.id,
            "name": service.contact_name,
            "email": service.email,
            "phones": phones(contact, service.phone, contact_id=contact),
        }
    ]


CONTACTS = listed(ContactSchema, contacts_of)
