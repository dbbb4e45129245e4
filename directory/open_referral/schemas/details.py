"""The first page of the API: what it is, and under what licence."""

from marshmallow import fields

from directory.open_referral.schemas.published import Published

URI = {"format": "uri"}


class DetailsSchema(Published):
    """About this API and how it relates to HSDS."""

    version = fields.String(required=True)
    profile = fields.String(required=True, metadata=URI)
    openapi_url = fields.String(required=True, metadata=URI)
    license_url = fields.String(metadata=URI)
    publisher = fields.String()


class ProblemSchema(Published):
    """Why there is no answer, and what to do."""

    status = fields.Integer(required=True)
    error = fields.String(required=True)
    advice = fields.String(required=True)
    parameters = fields.Dict(
        keys=fields.String(),
        values=fields.String(),
        metadata={"description": "Each parameter that is wrong, and what to give instead."},
    )
