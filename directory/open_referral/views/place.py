"""Services at locations: lists with every filter and by distance, and one whole."""

import uuid

from flask import Response

from app.core.db import NOBODY, transaction
from app.ui.doors import searching
from directory.open_referral.blueprint import bp
from directory.open_referral.queries import place as queries
from directory.open_referral.queries.page import changed_at
from directory.open_referral.schemas.asked import AskedPlaces
from directory.open_referral.schemas.offer import (
    OfferListedSchema,
    OfferMinimalSchema,
    OfferSchema,
)
from directory.open_referral.views.answer import answer, page
from directory.open_referral.views.asking import asked, slice_of, wanted


@bp.get("/service_at_locations")
@searching
def service_at_locations() -> Response:
    """A page of places of services."""
    said = asked(AskedPlaces)
    with transaction(NOBODY):
        if said["minimal"]:
            return page(queries.minimal(wanted(said), slice_of(said)), OfferMinimalSchema)
        found = queries.page(wanted(said), slice_of(said), full=said["full"])
        return page(found, OfferSchema if said["full"] else OfferListedSchema)


@bp.get("/service_at_locations/<uuid:place_id>")
def service_at_location(place_id: uuid.UUID) -> Response:
    """One place of a service, with both of them whole."""
    with transaction(NOBODY):
        found = queries.get(place_id)
        return answer(OfferSchema().dump(found), changed_at())
