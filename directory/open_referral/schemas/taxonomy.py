"""Taxonomies, their terms, and the attributes by which a service carries a term."""

from typing import Any

from marshmallow import fields

from directory.models.service import Service
from directory.models.taxonomy import TaxonomyTerm
from directory.open_referral.identifiers import made_of
from directory.open_referral.schemas.published import (
    Published,
    address_of_web,
    listed,
    told,
)


def describe(term: TaxonomyTerm) -> str:
    """What a term means, by the words that people use for it every day."""
    return f"In everyday words: {', '.join(term.synonyms)}" if term.synonyms else term.name


class TaxonomyTermSchema(Published):
    """One need or kind of help; one without a parent is a group of them."""

    id = fields.UUID(required=True)
    code = fields.String()
    name = fields.String(required=True)
    description = told(fields.String(required=True), describe)
    parent_id = fields.UUID()
    taxonomy = fields.String(attribute="taxonomy.name")
    taxonomy_id = fields.UUID()
    term = told(fields.String(), lambda one: one.name)


class TaxonomyListedSchema(Published):
    """A list of terms kept by somebody, in one version."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)
    description = told(fields.String(required=True), lambda one: one.description or one.name)
    uri = address_of_web(lambda one: one.uri)
    version = fields.String()


class TaxonomySchema(TaxonomyListedSchema):
    """A taxonomy with all of its terms."""

    taxonomy_terms = fields.List(fields.Nested(TaxonomyTermSchema), attribute="terms")


class AttributeSchema(Published):
    """That a term of a taxonomy describes something."""

    id = fields.UUID(required=True)
    link_id = fields.UUID()
    link_entity = fields.String()
    link_type = fields.String()
    taxonomy_term_id = fields.UUID(attribute="taxonomy_term.id")
    taxonomy_term = fields.Nested(TaxonomyTermSchema)


def attributes_of(service: Service) -> list[dict[str, Any]]:
    """The needs that a service helps with."""
    return [
        {
            "id": made_of(service.id, "attribute", str(term.id)),
            "link_id": service.id,
            "link_entity": "service",
            "link_type": "need",
            "taxonomy_term": term,
        }
        for term in service.terms
    ]


ATTRIBUTES = listed(AttributeSchema, attributes_of)
