"""The envelope around a page of records."""

from functools import cache

from marshmallow import Schema, fields


class EnvelopeSchema(Schema):
    """Where in the whole a page is."""

    total_items = fields.Integer(
        required=True,
        metadata={"description": "Of a list without filters as it was up to a minute ago."},
    )
    total_pages = fields.Integer(required=True)
    page_number = fields.Integer(required=True)
    size = fields.Integer(required=True, metadata={"description": "Records on this page."})
    first_page = fields.Boolean(required=True)
    last_page = fields.Boolean(required=True)
    empty = fields.Boolean(required=True)


@cache
def page_of(schema: type[Schema]) -> type[Schema]:
    """The schema of a page of such records."""
    name = schema.__name__.removesuffix("Schema")
    contents = fields.List(fields.Nested(schema), required=True)
    return type(f"{name}PageSchema", (EnvelopeSchema,), {"contents": contents})


@cache
def dumper(schema: type[Schema]) -> Schema:
    """What writes a page of such records; made once, as making it takes a millisecond."""
    return page_of(schema)()
