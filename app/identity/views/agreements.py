"""What one's agency has agreed to exchange with others, for its administrators."""

import uuid

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.db import transaction
from app.core.idempotency import once
from app.identity import policy
from app.identity.actions import agreement as actions
from app.identity.blueprint import bp
from app.identity.forms.agreement import AgreementForm
from app.identity.login import current_actor
from app.identity.queries import agreement as found_agreements
from app.ui.forms import SecureForm
from app.ui.pages import page


@bp.get("/agreements")
def agreements() -> ResponseReturnValue:
    """Every agreement, and with whom there is none."""
    actor = current_actor()
    with transaction(actor):
        policy.SEE_AGREEMENTS.require(actor)
        every = found_agreements.of_agency(actor)
        there = {one.row.to_agency_id for one in every if one.row.in_force}
        here = {one.row.from_agency_id for one in every if one.row.in_force}
        others = found_agreements.others(actor)
        return page(
            "identity/agreements.html",
            agreements=every,
            today=clock.today(),
            cannot_send=[one.name for one in others if one.id not in there],
            cannot_receive=[one.name for one in others if one.id not in here],
        )


@bp.route("/agreements/new", methods=["GET", "POST"])
def new_agreement() -> ResponseReturnValue:
    """Record an agreement."""
    actor = current_actor()
    form = AgreementForm()
    with transaction(actor):
        policy.SEE_AGREEMENTS.require(actor)
        form.agency.choices = [(one.id, one.name) for one in found_agreements.others(actor)]
        if form.validate_on_submit():

            def effect() -> str:
                for terms in form.to_terms(actor):
                    actions.record(actor, terms)
                return url_for(".agreements")

            where = once(form.submission(actor), effect)
            flash("The agreement is recorded")
            return redirect(where, 303)
        return page("identity/agreement_new.html", form=form)


@bp.route("/agreements/<uuid:agreement_id>/end", methods=["GET", "POST"])
def end_agreement(agreement_id: uuid.UUID) -> ResponseReturnValue:
    """Ask, then end an agreement."""
    actor = current_actor()
    form = SecureForm()
    with transaction(actor):
        policy.SEE_AGREEMENTS.require(actor)
        found = found_agreements.get(actor, agreement_id)
        policy.END_AGREEMENT.require(actor, found.row)
        if form.validate_on_submit():

            def effect() -> str:
                actions.end(actor, found.row)
                return url_for(".agreements")

            where = once(form.submission(actor), effect)
            flash("The agreement is ended: nothing more can be sent along it")
            return redirect(where, 303)
        return page("identity/agreement_end.html", form=form, agreement=found)
