"""Ask for a record in an emergency, and give it back.

The form says nothing about anybody: that there is a record is learnt by opening it, once there
is a reason, and each try counts.
"""

import uuid

from flask import current_app, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.core.db import transaction
from app.core.idempotency import once
from app.identity import assurance
from app.identity.login import current_actor
from app.ui.forms import SecureForm
from app.ui.pages import page
from config.acts import Act
from referrals.emergency import policy
from referrals.emergency.actions import glass
from referrals.emergency.actions.glass import Answer, Outcome
from referrals.emergency.blueprint import bp
from referrals.emergency.forms.emergency import EmergencyForm
from referrals.emergency.queries import glass as glasses

PREFIX = "glass"


@bp.route("/", methods=["GET", "POST"])
def ask() -> ResponseReturnValue:
    """Whom it is about and why; then the record, or that nothing could be opened."""
    actor = current_actor()
    policy.BREAK_GLASS.require(actor)
    assurance.require(actor, Act.BREAK_GLASS)
    settings = current_app.config["SETTINGS"]
    with transaction(actor):
        left = settings.emergency_daily_limit - glasses.tried_today(actor)
        form = EmergencyForm()
        if left <= 0 and not form.is_submitted():
            return page("emergency/outcome.html", outcome=Outcome.LIMIT)
        if not form.validate_on_submit():
            return page("emergency/ask.html", form=form, left=left)

        def effect() -> str:
            return _address(glass.open_record(actor, form.to_emergency(), settings))

        where = once(form.submission(actor), effect)
    return redirect(where, 303)


@bp.get("/<any(nobody, known, limit):outcome>")
def came_to(outcome: str) -> ResponseReturnValue:
    """Why nothing was opened. It says the same whoever was looked for."""
    policy.BREAK_GLASS.require(current_actor())
    return page("emergency/outcome.html", outcome=outcome)


@bp.post("/<uuid:break_id>/end")
def end(break_id: uuid.UUID) -> ResponseReturnValue:
    """Close the record before the hour is over."""
    actor = current_actor()
    with transaction(actor):
        one = glasses.get(actor, break_id)
        policy.END_EMERGENCY.require(actor, one)
        form = SecureForm(prefix=PREFIX)
        if not form.validate_on_submit():
            return page("emergency/end.html", form=form, glass=one)

        def effect() -> str:
            glass.end(actor, one)
            flash("Closed. Your privacy officer will look into it")
            return url_for("caseload.find")

        where = once(form.submission(actor), effect)
    return redirect(where, 303)


def _address(answer: Answer) -> str:
    if answer.outcome is Outcome.OPENED:
        return url_for("caseload.show", referral_id=answer.referral_id)
    return url_for(".came_to", outcome=answer.outcome)
