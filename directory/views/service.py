"""One service's page, open to everybody."""

import uuid

from flask import current_app, url_for
from flask.typing import ResponseReturnValue

from app.core.db import NOBODY, transaction
from app.identity.login import actor_or_none
from app.ui.doors import public
from app.ui.pages import page
from directory import policy
from directory.blueprint import bp
from directory.queries import service as services
from directory.schemas.linked_data import linked_data


@bp.get("/<uuid:service_id>")
@public
def show(service_id: uuid.UUID) -> ResponseReturnValue:
    """Everything that is published about a service."""
    actor = actor_or_none()
    with transaction(actor or NOBODY):
        service = services.get(service_id)
        keeps = actor is not None and policy.KEEP.allows(actor, service.organisation)
        path = url_for(".show", service_id=service.id)
        address = f"{current_app.config['SETTINGS'].public_url}{path}"
        return page(
            "directory/show.html",
            service=service,
            keeps=keeps,
            address=address,
            linked_data=linked_data(service, address),
        )
