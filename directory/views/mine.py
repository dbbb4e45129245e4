"""A coordinator's first page: the services they keep, each right in one tap."""

from flask.typing import ResponseReturnValue

from app.core.db import transaction
from app.identity.login import current_actor
from app.ui.forms import SecureForm
from app.ui.pages import page
from directory import policy
from directory.blueprint import bp
from directory.models.capacity import CapacityState
from directory.queries import organisation as organisations
from directory.queries import service as services


@bp.get("/mine")
def mine() -> ResponseReturnValue:
    """List the services of the organisation that the actor's agency is."""
    actor = current_actor()
    policy.LIST_KEPT.require(actor)
    with transaction(actor):
        return page(
            "directory/mine.html",
            organisations=organisations.of_agency(actor.agency_id),
            services=services.of_agency(actor.agency_id),
            states=CapacityState,
            one_button=SecureForm,
        )
