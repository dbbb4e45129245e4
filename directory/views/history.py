"""The history of a listing, and undoing a change."""

import uuid

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.core.db import transaction
from app.core.idempotency import once
from app.identity.login import current_actor
from app.ui.forms import SecureForm
from app.ui.pages import page
from directory import policy
from directory.actions import listing
from directory.blueprint import bp
from directory.curation.actions import proposal
from directory.queries import editor
from directory.queries import service as services


@bp.get("/mine/<uuid:service_id>/history")
def history(service_id: uuid.UUID) -> ResponseReturnValue:
    """What was changed, by whom and when, the latest first."""
    actor = current_actor()
    with transaction(actor):
        service = services.kept(actor, service_id)
        policy.KEEP.require(actor, service.organisation)
        changes = services.history(service)
        return page(
            "directory/history.html",
            service=service,
            changes=changes,
            undone={one.undoes_id for one in changes},
            topics=listing.TOPICS,
            difference=listing.difference,
            one_button=SecureForm,
            waits=not editor.publishes(actor, service.organisation),
        )


@bp.post("/mine/<uuid:service_id>/history/<uuid:change_id>/undo")
def undo(service_id: uuid.UUID, change_id: uuid.UUID) -> ResponseReturnValue:
    """Put a topic back to what it said before this change."""
    actor = current_actor()
    form = SecureForm()
    with transaction(actor):
        service = services.kept(actor, service_id)
        policy.KEEP.require(actor, service.organisation)
        past = services.change(service, change_id)
        if not form.validate_on_submit():
            return page("directory/again.html", form=form, service=service, back=".history")

        def effect() -> str:
            said = proposal.put_back(actor, service, past)
            flash(f"{listing.TOPICS[past.topic].title}: {said.value}")
            return url_for(".history", service_id=service.id)

        return redirect(once(form.submission(actor), effect), 303)
