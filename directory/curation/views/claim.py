"""Asking to keep an organisation's listings, and deciding on that."""

import uuid

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.core.db import session, transaction
from app.core.errors import Conflict, Invalid
from app.core.idempotency import once
from app.identity.actor import Actor
from app.identity.login import current_actor
from app.ui.pages import page
from directory.curation.actions import claim as claims
from directory.curation.blueprint import bp
from directory.curation.forms.decision import PRESS, ClaimDecisionForm, ClaimForm, EditorsForm
from directory.curation.models.claim import ListingClaim
from directory.curation.policy import CLAIM, CURATE
from directory.curation.queries import waiting
from directory.models.organisation import Organisation
from directory.queries import organisation as organisations
from directory.queries import service as services


@bp.route("/organisations/<uuid:organisation_id>/claim", methods=["GET", "POST"])
def claim(organisation_id: uuid.UUID) -> ResponseReturnValue:
    """Say that this organisation is the actor's agency."""
    actor = current_actor()
    CLAIM.require(actor, None)
    with transaction(actor):
        found = organisations.get(organisation_id)
        form = ClaimForm()
        form.offer(found.email, found.charity_number)
        if form.validate_on_submit():
            try:
                with session.begin_nested():
                    where = once(form.submission(actor), lambda: _ask(actor, found, form))
                return redirect(where, 303)
            except (Conflict, Invalid) as wrong:
                form.form_errors.append(wrong.message)
        return page(
            "curation/claim.html",
            form=form,
            organisation=found,
            services=services.of_organisation(found.id),
            before=waiting.claim_of(actor, found),
        )


@bp.route("/claims/<uuid:claim_id>", methods=["GET", "POST"])
def decide_claim(claim_id: uuid.UUID) -> ResponseReturnValue:
    """Show who asks and how it was checked; say yes or no."""
    actor = current_actor()
    with transaction(actor):
        asked = waiting.get(ListingClaim, claim_id)
        CURATE.require(actor, None)
        found = organisations.get(asked.organisation_id)
        form = ClaimDecisionForm(changes="wait")
        if form.validate_on_submit():
            try:
                with session.begin_nested():
                    where = once(form.submission(actor), lambda: _decide(actor, found, asked, form))
                return redirect(where, 303)
            except Conflict as wrong:
                form.form_errors.append(wrong.message)
        return page("curation/claim_decision.html", form=form, claim=asked, organisation=found)


@bp.post("/organisations/<uuid:organisation_id>/editors")
def editors(organisation_id: uuid.UUID) -> ResponseReturnValue:
    """Whether changes of an organisation's editors wait for a curator."""
    actor = current_actor()
    form = EditorsForm()
    with transaction(actor):
        found = organisations.kept(actor, organisation_id)
        CURATE.require(actor, found)
        back = url_for("directory.organisation", organisation_id=organisation_id)
        if not form.validate_on_submit():
            flash(PRESS)
            return redirect(back, 303)

        def effect() -> str:
            first = form.changes.data == "wait"
            claims.look_at_changes(actor, found, first=first)
            flash("Changes wait for you" if first else "Changes are live at once")
            return back

        return redirect(once(form.submission(actor), effect), 303)


def _ask(actor: Actor, organisation: Organisation, form: ClaimForm) -> str:
    claims.ask(actor, organisation, form.how.data, form.number.data)
    flash("Asked. The council decides, and this page shows what became of it")
    return url_for(".claim", organisation_id=organisation.id)


def _decide(
    actor: Actor, organisation: Organisation, asked: ListingClaim, form: ClaimDecisionForm
) -> str:
    if form.decision.data == "refuse":
        claims.refuse(actor, asked, form.words.data)
        flash("Said no")
    else:
        live = form.changes.data == "live"
        claims.approve(actor, organisation, asked, live_at_once=live, seen=form.seen.data)
        flash(f"{asked.agency_name} keeps the listings of {organisation.name} now")
    return url_for(".queue")
