"""An erasure: waiting for a second officer, approved, and its receipt."""

import uuid

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.core.db import transaction
from app.core.idempotency import once
from app.identity import assurance
from app.identity.login import current_actor
from app.ui.forms import SecureForm
from app.ui.pages import page
from config.acts import Act
from referrals.record.queries import names
from referrals.retention.actions import erasure as actions
from referrals.retention.blueprint import bp
from referrals.retention.forms.retention import ApproveForm
from referrals.retention.models.erasure import State
from referrals.retention.policy import APPROVE, SEE_KEPT, WITHDRAW
from referrals.retention.queries import erasure as erasures
from referrals.retention.queries import kept as kept_until
from referrals.retention.views.index import rules

PAGES = {
    State.PROPOSED: "retention/proposal.html",
    State.WITHDRAWN: "retention/proposal.html",
    State.DONE: "retention/receipt.html",
}


@bp.get("/erasures/<uuid:erasure_id>")
def erasure(erasure_id: uuid.UUID) -> ResponseReturnValue:
    """The proposal or, afterwards, the receipt."""
    actor = current_actor()
    SEE_KEPT.require(actor)
    with transaction(actor):
        found = erasures.get(actor, erasure_id)
        return page(
            PAGES[State(found.status)],
            erasure=found,
            may_approve=APPROVE.allows(actor, found),
            may_withdraw=WITHDRAW.allows(actor, found),
            withdraw_form=SecureForm(),
            user_names=names.of_users([found.proposed_by, found.decided_by]),
            agency_names=names.of_agencies([found.agency_id]),
        )


@bp.route("/erasures/<uuid:erasure_id>/approval", methods=["GET", "POST"])
def approve(erasure_id: uuid.UUID) -> ResponseReturnValue:
    """Ask once more, then erase for good."""
    actor = current_actor()
    SEE_KEPT.require(actor)
    with transaction(actor):
        found = erasures.get(actor, erasure_id)
        if found.status == State.PROPOSED:
            APPROVE.require(actor, found)
            assurance.require(actor, Act.ERASE_PERSON)
        form = ApproveForm()
        where = url_for(".erasure", erasure_id=erasure_id)
        if form.validate_on_submit():

            def effect() -> str:
                kept = kept_until.get(actor, rules(), found.person_id)
                actions.approve(actor, found, kept, rules())
                flash("Erased. This is the receipt")
                return where

            return redirect(once(form.submission(actor), effect), 303)
        if found.status != State.PROPOSED:
            return redirect(where, 303)
        return page("retention/approve.html", form=form, erasure=found)


@bp.post("/erasures/<uuid:erasure_id>/withdrawal")
def withdraw(erasure_id: uuid.UUID) -> ResponseReturnValue:
    """Leave the record as it is."""
    actor = current_actor()
    SEE_KEPT.require(actor)
    where = url_for(".index")
    form = SecureForm()
    with transaction(actor):
        found = erasures.get(actor, erasure_id)
        if form.validate_on_submit():

            def effect() -> str:
                actions.withdraw(actor, found)
                flash("Withdrawn. The record stays")
                return url_for(".person", person_id=found.person_id)

            where = once(form.submission(actor), effect)
    return redirect(where, 303)
