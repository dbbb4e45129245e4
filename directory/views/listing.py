"""One kept listing: what it says, and what is done in one tap."""

import uuid

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.core.db import transaction
from app.core.errors import Invalid
from app.core.idempotency import once
from app.identity.actor import Actor
from app.identity.login import current_actor
from app.ui.forms import SecureForm
from app.ui.pages import page
from directory import policy
from directory.actions import listing as listings
from directory.actions.topics.state import State
from directory.blueprint import bp
from directory.curation.policy import CURATE
from directory.curation.queries import waiting
from directory.forms.state import STATUS_WORDS
from directory.models.capacity import CapacityState
from directory.models.freshness import LifeSign
from directory.models.service import Service
from directory.queries import service as services
from directory.views.keeping import save


@bp.get("/mine/<uuid:service_id>")
def listing(service_id: uuid.UUID) -> ResponseReturnValue:
    """Show a listing to its keeper, each topic with a way to change it."""
    actor = current_actor()
    with transaction(actor):
        service = services.kept(actor, service_id)
        policy.KEEP.require(actor, service.organisation)
        return page(
            "directory/listing.html",
            service=service,
            states=CapacityState,
            curates=policy.ADD_ORGANISATION.allows(actor, None),
            one_button=SecureForm,
            proposals=waiting.proposals(service),
            merges=waiting.merges(service),
            topics=listings.TOPICS,
            status_words=STATUS_WORDS,
            user_id=actor.user_id,
        )


@bp.post("/mine/<uuid:service_id>/confirmation")
def confirm(service_id: uuid.UUID) -> ResponseReturnValue:
    """Say that everything on the listing is still correct."""
    actor = current_actor()
    form = SecureForm()
    with transaction(actor):
        service = services.kept(actor, service_id)
        policy.KEEP.require(actor, service.organisation)
        if not form.validate_on_submit():
            return page("directory/again.html", form=form, service=service, back=".listing")
        by = request.form.get("by", LifeSign.CONFIRMED)
        if by not in (LifeSign.CONFIRMED, LifeSign.PHONED):
            raise Invalid("Press one of the buttons shown")

        def effect() -> str:
            phoned = by == LifeSign.PHONED and CURATE.allows(actor, None)
            sign = LifeSign.PHONED if phoned else LifeSign.CONFIRMED
            listings.confirm(actor, service, sign)
            flash(f"Confirmed today: {service.name}")
            return _first_page(actor, service)

        return redirect(once(form.submission(actor), effect), 303)


@bp.post("/mine/<uuid:service_id>/room")
def room(service_id: uuid.UUID) -> ResponseReturnValue:
    """Say in one tap whether there is room; numbers have a page of their own."""
    actor = current_actor()
    form = SecureForm()
    with transaction(actor):
        service = services.kept(actor, service_id)
        policy.KEEP.require(actor, service.organisation)
        state = request.form.get("state", "")
        if state not in set(CapacityState):
            raise Invalid("Choose one of the states shown")
        saved = form.validate_on_submit() and save(
            actor, service, form, State(state), _first_page(actor, service)
        )
        return saved or page("directory/again.html", form=form, service=service, back=".listing")


def _first_page(actor: Actor, service: Service) -> str:
    """Back to the list of one's own services; a curator back to the listing."""
    if service.organisation.agency_id == actor.agency_id:
        return url_for(".mine")
    return url_for(".listing", service_id=service.id)
