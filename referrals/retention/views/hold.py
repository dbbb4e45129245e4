"""Place a legal hold, and lift it."""

import uuid

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.core.db import transaction
from app.core.idempotency import once
from app.identity.login import current_actor
from app.ui.pages import page
from referrals.retention.actions import hold as actions
from referrals.retention.blueprint import bp
from referrals.retention.forms.retention import HoldForm, LiftForm
from referrals.retention.policy import PLACE_HOLD, SEE_KEPT
from referrals.retention.queries import hold as holds
from referrals.retention.queries import kept as kept_until
from referrals.retention.views.index import rules


@bp.route("/people/<uuid:person_id>/hold", methods=["GET", "POST"])
def place_hold(person_id: uuid.UUID) -> ResponseReturnValue:
    """Ask why; from then on nothing of it can be erased."""
    actor = current_actor()
    PLACE_HOLD.require(actor)
    with transaction(actor):
        kept = kept_until.get(actor, rules(), person_id)
        form = HoldForm()
        if form.validate_on_submit():

            def effect() -> str:
                actions.place(actor, kept, form.reason.data, form.case_number.data)
                flash("Held. It cannot be erased until the hold is lifted")
                return url_for(".person", person_id=person_id)

            return redirect(once(form.submission(actor), effect), 303)
        return page("retention/hold.html", form=form, kept=kept)


@bp.route("/holds/<uuid:hold_id>/lift", methods=["GET", "POST"])
def lift_hold(hold_id: uuid.UUID) -> ResponseReturnValue:
    """Ask why; the retention rules count again."""
    actor = current_actor()
    SEE_KEPT.require(actor)
    with transaction(actor):
        hold = holds.get(actor, hold_id)
        form = LiftForm()
        if form.validate_on_submit():

            def effect() -> str:
                actions.lift(actor, hold, form.because.data)
                flash("The hold is lifted")
                return url_for(".person", person_id=hold.person_id)

            return redirect(once(form.submission(actor), effect), 303)
        return page("retention/lift.html", form=form, hold=hold)
