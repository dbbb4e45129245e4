"""Answer a referral: take it on, or decline it."""

import uuid

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.core.db import transaction
from app.core.idempotency import once
from app.identity.login import current_actor
from referrals.record.models.version import require_version
from referrals.record.queries import referral as referrals
from referrals.triage import policy
from referrals.triage.actions import answer
from referrals.triage.blueprint import bp
from referrals.triage.forms import AcceptForm, DeclineForm
from referrals.triage.views.asking import ask
from referrals.triage.views.judge import offer, shown


@bp.post("/<uuid:referral_id>/acceptance")
def accept(referral_id: uuid.UUID) -> ResponseReturnValue:
    """Take the referral on and allocate it."""
    actor = current_actor()
    form = AcceptForm()
    with transaction(actor):
        referral = referrals.get(actor, referral_id)
        policy.ANSWER.require(actor, referral)
        offer(actor, form)
        if not form.validate_on_submit():
            return shown(actor, referral, form)

        def effect() -> str:
            require_version(referral, form.version.data)
            answer.accept(actor, referral, form.chosen())
            flash("Referral taken on")
            return url_for(".queue")

        where = once(form.submission(actor), effect)
    return redirect(where, 303)


@bp.route("/<uuid:referral_id>/decline", methods=["GET", "POST"])
def decline(referral_id: uuid.UUID) -> ResponseReturnValue:
    """Ask why, then decline."""
    actor = current_actor()
    with transaction(actor):
        referral = referrals.get(actor, referral_id)
        policy.ANSWER.require(actor, referral)
        form = DeclineForm(version=referral.version)
        if not form.validate_on_submit():
            return ask(actor, referral, "triage/decline.html", form)

        def effect() -> str:
            require_version(referral, form.version.data)
            answer.decline(actor, referral, form.reason.data, form.words.data)
            flash("Referral declined. The referrer has been told that there is news")
            return url_for(".queue")

        where = once(form.submission(actor), effect)
    return redirect(where, 303)
