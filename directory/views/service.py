"""One service's page, open to everybody."""

import uuid
from typing import Any

from flask import current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.core.db import NOBODY, transaction
from app.identity.actor import Actor
from app.identity.login import actor_or_none
from app.ui.doors import public
from app.ui.pages import page
from directory import policy
from directory.blueprint import bp
from directory.curation.policy import CLAIM
from directory.models.service import Service
from directory.queries import service as services
from directory.schemas.linked_data import linked_data


@bp.get("/<uuid:service_id>")
@public
def show(service_id: uuid.UUID) -> ResponseReturnValue:
    """Everything that is published about a service."""
    actor = actor_or_none()
    with transaction(actor or NOBODY):
        service = services.get(service_id)
        if service.merged_into_id:
            # For now: a merge can be taken apart again.
            return redirect(url_for(".show", service_id=service.merged_into_id), 302)
        keeps = actor is not None and policy.KEEP.allows(actor, service.organisation)
        path = url_for(".show", service_id=service.id)
        address = f"{current_app.config['SETTINGS'].public_url}{path}"
        return page(
            "directory/show.html",
            service=service,
            keeps=keeps,
            may_claim=_may_claim(actor, service),
            address=address,
            linked_data=linked_data(service, address),
            **_around(path),
        )


def _around(here: str) -> dict[str, Any]:
    """What the page says of itself: its link, and whether it is in large print."""
    large = request.args.get("print") == "large"
    return {
        "large": large,
        "here": here,
        "other_print": here if large else f"{here}?print=large",
        "public_url": current_app.config["SETTINGS"].public_url,
    }


def _may_claim(actor: Actor | None, service: Service) -> bool:
    """Whether the reader could say that this organisation, which nobody keeps, is theirs."""
    return actor is not None and not service.organisation.agency_id and CLAIM.allows(actor, None)
