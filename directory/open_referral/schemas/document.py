"""The OpenAPI document, made from the schemas that the answers are made with."""

from functools import cache
from typing import Any

from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from marshmallow import Schema

from directory.open_referral.schemas.asked import (
    AskedPage,
    AskedPlaces,
    AskedServices,
    Moment,
    Postcode,
    TimeOfDay,
    Weekday,
)
from directory.open_referral.schemas.details import DetailsSchema, ProblemSchema
from directory.open_referral.schemas.offer import (
    OfferListedSchema,
    OfferMinimalSchema,
    OfferSchema,
)
from directory.open_referral.schemas.page import page_of
from directory.open_referral.schemas.service import (
    ServiceListedSchema,
    ServiceMinimalSchema,
    ServiceSchema,
)
from directory.open_referral.schemas.taxonomy import (
    TaxonomyListedSchema,
    TaxonomySchema,
    TaxonomyTermSchema,
)

LICENCE = {
    "name": "Open Government Licence v3.0",
    "url": "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
}
ABOUT = (
    "Services, where and when they happen, and the needs they help with. "
    "Open to everybody, without a key."
)
WHY = {
    400: "Not understood",
    404: "There is none with this id",
    503: "Somebody is reading everything at this moment",
}
Schemas = list[type[Schema]]
KINDS = {Moment: ("string", "date-time"), TimeOfDay: ("string", None)}
KINDS |= {Weekday: ("string", None), Postcode: ("string", None)}
ID = {
    "name": "id",
    "in": "path",
    "required": True,
    "schema": {"type": "string", "format": "uuid"},
}
# path → what there is, what may be asked, and what a record may look like
LISTS: dict[str, tuple[str, type[Schema], Schemas]] = {
    "/services": (
        "services",
        AskedServices,
        [ServiceListedSchema, ServiceMinimalSchema, ServiceSchema],
    ),
    "/service_at_locations": (
        "services at locations",
        AskedPlaces,
        [OfferListedSchema, OfferMinimalSchema, OfferSchema],
    ),
    "/taxonomies": ("taxonomies", AskedPage, [TaxonomyListedSchema]),
    "/taxonomy_terms": ("taxonomy terms", AskedPage, [TaxonomyTermSchema]),
}
RECORDS: dict[str, tuple[str, type[Schema]]] = {
    "/services/{id}": ("service", ServiceSchema),
    "/service_at_locations/{id}": ("service at a location", OfferSchema),
    "/taxonomies/{id}": ("taxonomy", TaxonomySchema),
    "/taxonomy_terms/{id}": ("taxonomy term", TaxonomyTermSchema),
}
# All of it in one file (room `sharing`): path → what it is, and its kind.
FILES = {
    "/bulk/services.ndjson": ("Every service, one a line", "application/x-ndjson"),
    "/bulk/package.zip": ("The tabular data package", "application/zip"),
}


@cache
def document(server: str) -> dict[str, Any]:
    """The document for an API that is served at this address."""
    plugin = MarshmallowPlugin()
    spec = APISpec(
        "Directory of services",
        "HSDS-UK-3.0",
        "3.1.0",
        plugins=[plugin],
        info={"description": ABOUT, "license": LICENCE},
        servers=[{"url": server}],
    )
    for field, kind in KINDS.items():
        plugin.map_to_openapi_type(field, *kind)
    spec.path("/", operations=_get("About this API", "details", [], _json(DetailsSchema)))
    for path, (words, parameters, schemas) in LISTS.items():
        said = [{"in": "query", "schema": parameters}]
        content = _json(*(page_of(one) for one in schemas))
        spec.path(path, operations=_get(f"A page of {words}", path[1:], said, content, 400))
    for path, (words, schema) in RECORDS.items():
        name = path[1:].removesuffix("/{id}") + "_by_id"
        spec.path(path, operations=_get(f"One {words}", name, [ID], _json(schema), 404))
    for path, (words, media) in FILES.items():
        name = path.removeprefix("/bulk/").replace(".", "_")
        content = {media: {"schema": {"type": "string"}}}
        spec.path(path, operations=_get(words, name, [], content, 503))
    return spec.to_dict()


def _json(*schemas: type[Schema]) -> dict[str, Any]:
    schema = {"anyOf": list(schemas)} if len(schemas) > 1 else schemas[0]
    return {"application/json": {"schema": schema}}


def _get(
    summary: str, name: str, parameters: list[Any], content: dict[str, Any], *refusals: int
) -> dict[str, Any]:
    responses: dict[str, Any] = {
        "200": {"description": summary, "content": content},
        "304": {"description": "It is what you have already"},
    }
    for status in refusals:
        responses[str(status)] = {"description": WHY[status], "content": _json(ProblemSchema)}
    return {
        "get": {
            "operationId": name,
            "summary": summary,
            "parameters": parameters,
            "responses": responses,
        }
    }
