"""A proposed change: what it changes, how the page would read, and the decision."""

import uuid
from functools import partial

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.core.db import session, transaction
from app.core.idempotency import once
from app.identity.actor import Actor
from app.identity.login import current_actor
from app.ui.forms import SecureForm
from app.ui.pages import OK, page
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
from directory.views.preview import preview

CONFLICT = 409


@bp.route("/changes/<uuid:proposal_id>", methods=["GET", "POST"])
def change(proposal_id: uuid.UUID) -> ResponseReturnValue:
    """Show what would change; publish it or not."""
    actor = current_actor()
    with transaction(actor):
        proposed = waiting.get(ProposedChange, proposal_id)
        service = services.kept(actor, proposed.service_id)
        CURATE.require(actor, service.organisation)
        form, status = ChangeForm(version=service.version), OK
        if form.validate_on_submit():
            try:
                # Rolled back by itself, so that the key of a form refused can be used again.
                with session.begin_nested():
                    decide = partial(_decide, actor, service, proposed, form)
                    return redirect(once(form.submission(actor), decide), 303)
            except proposals.Newer as newer:
                form.form_errors.append(newer.message)
                form.version.data, status = service.version, CONFLICT
        return _shown(service, proposed, form, status)


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


def _shown(
    service: Service, proposed: ProposedChange, form: ChangeForm, status: int
) -> ResponseReturnValue:
    """What was proposed, beside what the listing says now where that is newer."""
    topic = TOPICS[proposed.topic]
    now, wanted = topic.of(service), topic.restored(proposed.after)
    stale = proposed.waits and now != topic.restored(proposed.before)
    return page(
        "curation/change.html",
        form=form,
        proposed=proposed,
        service=service,
        topic=topic,
        difference=difference(proposed),
        says_now=now.said() if stale else {},
        status=status,
        preview=preview(service, wanted) if proposed.waits else "",
    )


def _decide(actor: Actor, service: Service, proposed: ProposedChange, form: ChangeForm) -> str:
    if form.decision.data == "refuse":
        proposals.refuse(actor, proposed, form.words.data)
        flash("Not published")
    else:
        proposals.approve(actor, service, proposed, form.version.data, trust=bool(form.trust.data))
        flash(f"Published: {TOPICS[proposed.topic].title} of {service.name}")
    return url_for(".queue")
