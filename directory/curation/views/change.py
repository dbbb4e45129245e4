"""A proposed change: what it changes, how the page would read, and the decision."""

import uuid

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core.db import session, transaction
from app.core.idempotency import once
from app.identity.actor import Actor
from app.identity.login import current_actor
from app.ui.forms import SecureForm
from app.ui.pages import page
from directory import policy
from directory.actions.listing import TOPICS, difference
from directory.curation.actions import proposal as proposals
from directory.curation.blueprint import bp
from directory.curation.forms.decision import ChangeForm
from directory.curation.models.proposal import ProposedChange
from directory.curation.policy import CURATE
from directory.curation.queries import waiting
from directory.models.service import Service
from directory.queries import service as services


@bp.route("/changes/<uuid:proposal_id>", methods=["GET", "POST"])
def change(proposal_id: uuid.UUID) -> ResponseReturnValue:
    """Show what would change; publish it or not."""
    actor = current_actor()
    with transaction(actor):
        proposed = waiting.get(ProposedChange, proposal_id)
        service = services.kept(actor, proposed.service_id)
        CURATE.require(actor, service.organisation)
        form = ChangeForm()
        if form.validate_on_submit():
            return redirect(
                once(form.submission(actor), lambda: _decide(actor, service, proposed, form)), 303
            )
        topic = TOPICS[proposed.topic]
        stale = topic.of(service) != topic.restored(proposed.before)
        preview = _preview(service, proposed) if proposed.waits else ""
        return page(
            "curation/change.html",
            form=form,
            proposed=proposed,
            service=service,
            topic=topic,
            difference=difference(proposed),
            stale=stale and proposed.waits,
            preview=preview,
        )


@bp.post("/mine/<uuid:service_id>/proposals/<uuid:proposal_id>/taken-back")
def take_back(service_id: uuid.UUID, proposal_id: uuid.UUID) -> ResponseReturnValue:
    """Think better of one's own proposal."""
    actor = current_actor()
    form = SecureForm()
    with transaction(actor):
        service = services.kept(actor, service_id)
        policy.KEEP.require(actor, service.organisation)
        proposed = waiting.proposal(service, proposal_id)
        if not form.validate_on_submit():
            return page("directory/again.html", form=form, service=service, back=".listing")

        def effect() -> str:
            proposals.take_back(actor, service, proposed)
            flash("Taken back")
            return url_for("directory.listing", service_id=service_id)

        return redirect(once(form.submission(actor), effect), 303)


def _decide(actor: Actor, service: Service, proposed: ProposedChange, form: ChangeForm) -> str:
    if request.form.get("decision") == "refuse":
        proposals.refuse(actor, proposed, form.words.data)
        flash("Not published")
    else:
        proposals.approve(actor, service, proposed, trust=bool(form.trust.data))
        flash(f"Published: {TOPICS[proposed.topic].title} of {service.name}")
    return url_for(".queue")


def _preview(service: Service, proposed: ProposedChange) -> str:
    """The public page as it would be; nothing of it is kept."""
    with session.begin_nested() as trial:
        TOPICS[proposed.topic].restored(proposed.after).put(service)
        html = render_template("directory/preview.html", service=service)
        trial.rollback()
    return html
