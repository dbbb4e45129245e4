"""Services: lists with every filter, and one whole."""

import uuid

from flask import Response

from app.core.db import NOBODY, transaction
from app.ui.doors import searching
from directory.open_referral.blueprint import bp
from directory.open_referral.queries import service as queries
from directory.open_referral.queries.page import changed_at
from directory.open_referral.schemas.asked import AskedServices
from directory.open_referral.schemas.service import (
    ServiceListedSchema,
    ServiceMinimalSchema,
    ServiceSchema,
)
from directory.open_referral.views.answer import answer, page
from directory.open_referral.views.asking import asked, slice_of, wanted


@bp.get("/services")
@searching
def services() -> Response:
    """A page of services."""
    said = asked(AskedServices)
    with transaction(NOBODY):
        if said["minimal"]:
            return page(queries.minimal(wanted(said), slice_of(said)), ServiceMinimalSchema)
        found = queries.page(wanted(said), slice_of(said), full=said["full"])
        return page(found, ServiceSchema if said["full"] else ServiceListedSchema)


@bp.get("/services/<uuid:service_id>")
def service(service_id: uuid.UUID) -> Response:
    """One service with everything that belongs to it."""
    with transaction(NOBODY):
        found = queries.get(service_id)
        return answer(ServiceSchema().dump(found), changed_at())
