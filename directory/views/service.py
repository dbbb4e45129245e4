"""One service's page, open to everybody."""

import uuid

from flask.typing import ResponseReturnValue

from app.core.db import NOBODY, transaction
from app.identity.login import actor_or_none
from app.ui.doors import public
from app.ui.pages import page
from directory import policy
from directory.blueprint import bp
from directory.queries import service as services


@bp.get("/<uuid:service_id>")
@public
def show(service_id: uuid.UUID) -> ResponseReturnValue:
    """Everything that is published about a service."""
    actor = actor_or_none()
    with transaction(actor or NOBODY):
        service = services.get(service_id)
        keeps = actor is not None and policy.KEEP.allows(actor, service.organisation)
        return page("directory/show.html", service=service, keeps=keeps)
