"""The tabular package of HSDS: which tables there are, and how a record is split into them.

Columns come from the schemas that the JSON is made with, so that the two say the same.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from marshmallow import Schema, fields

from directory.open_referral.schemas.contact import ContactSchema, PhoneSchema
from directory.open_referral.schemas.location import (
    AccessibilitySchema,
    AddressSchema,
    LocationSchema,
)
from directory.open_referral.schemas.organization import (
    OrganizationIdentifierSchema,
    OrganizationSchema,
)
from directory.open_referral.schemas.place import NestedPlaceSchema
from directory.open_referral.schemas.schedule import ScheduleSchema
from directory.open_referral.schemas.service import ServiceSchema
from directory.open_referral.schemas.taxonomy import (
    AttributeSchema,
    TaxonomySchema,
    TaxonomyTermSchema,
)
from directory.open_referral.schemas.terms_of_use import (
    CostOptionSchema,
    LanguageSchema,
    ServiceAreaSchema,
    ServiceCapacitySchema,
    UnitSchema,
)

Record = dict[str, Any]
NESTED = (fields.Nested, fields.List)


@dataclass(frozen=True)
class Table:
    """One file; `more` are columns that say what a row belongs to."""

    name: str
    path: str
    schema: type[Schema]
    more: tuple[str, ...] = ()
    columns: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        own = [name for name, one in self.schema().fields.items() if not isinstance(one, NESTED)]
        object.__setattr__(self, "columns", tuple(dict.fromkeys((*own, *self.more))))


# By the name under which a record holds them. Names and paths are those of the published package.
TABLES = {
    "services": Table("service", "services.csv", ServiceSchema),
    "organizations": Table("organization", "organizations.csv", OrganizationSchema),
    "locations": Table("location", "locations.csv", LocationSchema),
    "taxonomies": Table("taxonomy", "taxonomies.csv", TaxonomySchema),
    "taxonomy_terms": Table("taxonomy_term", "taxonomy_terms.csv", TaxonomyTermSchema),
    "service_at_locations": Table(
        "service_at_location", "service_at_location.csv", NestedPlaceSchema
    ),
    "schedules": Table("schedule", "schedule.csv", ScheduleSchema),
    "service_areas": Table("service_area", "service_areas.csv", ServiceAreaSchema),
    "languages": Table("language", "languages.csv", LanguageSchema),
    "cost_options": Table("cost_option", "cost_options.csv", CostOptionSchema),
    "contacts": Table("contact", "contacts.csv", ContactSchema),
    "phones": Table("phone", "phones.csv", PhoneSchema, ("organization_id",)),
    "attributes": Table("attribute", "attribute.csv", AttributeSchema, ("taxonomy_term_id",)),
    "capacities": Table(
        "service_capacity", "service_capacity.csv", ServiceCapacitySchema, ("unit_id",)
    ),
    "units": Table("unit", "units.csv", UnitSchema),
    "organization_identifiers": Table(
        "organization_identifier", "organization_identifiers.csv", OrganizationIdentifierSchema
    ),
    "addresses": Table("address", "address.csv", AddressSchema),
    "accessibility": Table("accessibility", "accessibility.csv", AccessibilitySchema),
}


def split(under: str, record: Record) -> Iterator[tuple[str, Record]]:
    """The row of this record and those of everything it holds: (name of the table, row)."""
    told = {f"{TABLES[under].name}_id": record["id"]}
    if "unit" in record:
        record = {**record, "unit_id": record["unit"]["id"], "units": [record["unit"]]}
    yield under, record
    for name, value in record.items():
        if name in TABLES and isinstance(value, list):
            for one in value:
                yield from split(name, {**told, **one})
