"""The organisation behind a service, in Open Referral's spelling."""

from typing import Any

from marshmallow import fields

from directory.models.organisation import Organisation
from directory.open_referral.identifiers import made_of
from directory.open_referral.schemas.contact import PhoneSchema, phones
from directory.open_referral.schemas.published import (
    Published,
    address_of_mail,
    address_of_web,
    listed,
    told,
)

# Schemes of org-id.guide, with the words that Open Referral UK uses for them.
CHARITY, COMPANY = ("GB-CHC", "Charity number"), ("GB-COH", "Company number")


class OrganizationIdentifierSchema(Published):
    """A number by which a register knows the organisation."""

    id = fields.UUID(required=True)
    organization_id = fields.UUID()
    identifier_scheme = fields.String()
    identifier_type = fields.String(required=True)
    identifier = fields.String(required=True)


class OrganizationListedSchema(Published):
    """An organisation by itself."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)
    description = told(fields.String(required=True), lambda one: one.description or one.name)
    email = address_of_mail(lambda one: one.email)
    website = address_of_web(lambda one: one.url)


def identifiers_of(row: Organisation) -> list[dict[str, Any]]:
    """Its charity and company numbers."""
    known = ((CHARITY, row.charity_number), (COMPANY, row.company_number))
    return [
        {
            "id": made_of(row.id, scheme),
            "organization_id": row.id,
            "identifier_scheme": scheme,
            "identifier_type": words,
            "identifier": number,
        }
        for (scheme, words), number in known
        if number
    ]


class OrganizationSchema(OrganizationListedSchema):
    """An organisation with its numbers."""

    organization_identifiers = listed(OrganizationIdentifierSchema, identifiers_of)
    phones = listed(PhoneSchema, lambda one: phones(one.id, one.phone))
