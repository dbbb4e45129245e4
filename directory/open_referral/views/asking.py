"""From the parameters of a request to what is wanted, with a postcode looked up."""

from typing import Any

from flask import request
from marshmallow import Schema, ValidationError

from directory.open_referral.queries.page import PER_MINIMAL_PAGE, PER_PAGE, Slice
from directory.open_referral.queries.wanted import Wanted
from directory.queries.postcode import Spot, outward_code, spot_of
from directory.queries.reading import reading
from directory.queries.words import SearchWords

UNKNOWN = "We do not know where this postcode is. Try its first half, such as QS1"


def asked(schema: type[Schema]) -> dict[str, Any]:
    """What the request asks. Raises ValidationError."""
    found: dict[str, Any] = schema().load(request.args.to_dict())
    return found


def slice_of(said: dict[str, Any]) -> Slice:
    """Which page is asked for."""
    usual = PER_MINIMAL_PAGE if said.get("minimal") else PER_PAGE
    return Slice(said["page"], said.get("per_page", usual))


def wanted(said: dict[str, Any]) -> Wanted:
    """What is asked for, inside a transaction. Raises ValidationError: an unknown postcode."""
    postcode = said.get("postcode")
    words = SearchWords.parse(said.get("search", ""))
    return Wanted(
        words=words,
        query=reading(words).whole if words else "",
        term_id=said.get("taxonomy_term_id"),
        taxonomy_id=said.get("taxonomy_id"),
        organisation_id=said.get("organization_id"),
        minimum_age=said.get("minimum_age"),
        maximum_age=said.get("maximum_age"),
        start_time=said.get("start_time"),
        end_time=said.get("end_time"),
        day=said.get("day"),
        modified_after=said.get("modified_after"),
        outward=outward_code(postcode) if postcode else None,
        spot=_spot(postcode) if postcode else None,
        metres=said.get("proximity"),
    )


def _spot(postcode: str) -> Spot:
    found = spot_of(postcode)
    if found is None:
        raise ValidationError(UNKNOWN, "postcode")
    return found
