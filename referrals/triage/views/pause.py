"""Put a referral on hold, and resume it."""

import uuid

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.core.db import transaction
from app.core.idempotency import once
from app.identity.login import current_actor
from app.ui.forms import VersionedForm
from app.ui.pages import page
from referrals.record.models.referral import Referral
from referrals.record.models.version import require_version
from referrals.record.queries import referral as referrals
from referrals.triage import policy
from referrals.triage.actions import pause
from referrals.triage.blueprint import bp
from referrals.triage.forms import HoldForm
from referrals.triage.views.asking import ask


def _back(referral: Referral) -> str:
    where = "caseload.show" if referral.link_worker_id else "triage.judge"
    return url_for(where, referral_id=referral.id)


@bp.route("/<uuid:referral_id>/hold", methods=["GET", "POST"])
def hold(referral_id: uuid.UUID) -> ResponseReturnValue:
    """Ask why and until when, then put on hold."""
    actor = current_actor()
    with transaction(actor):
        referral = referrals.get(actor, referral_id)
        policy.PAUSE.require(actor, referral)
        form = HoldForm(version=referral.version)
        if not form.validate_on_submit():
            return ask(actor, referral, "triage/hold.html", form, back=_back(referral))

        def effect() -> str:
            require_version(referral, form.version.data)
            pause.hold(actor, referral, form.until.data, form.reason.data, form.words.data)
            flash("Referral put on hold")
            return _back(referral)

        where = once(form.submission(actor), effect)
    return redirect(where, 303)


@bp.post("/<uuid:referral_id>/resumption")
def resume(referral_id: uuid.UUID) -> ResponseReturnValue:
    """Take a paused referral up again."""
    actor = current_actor()
    form = VersionedForm()
    with transaction(actor):
        referral = referrals.get(actor, referral_id)
        policy.PAUSE.require(actor, referral)
        if not form.validate_on_submit():
            return page("triage/again.html", form=form, back=_back(referral))

        def effect() -> str:
            require_version(referral, form.version.data)
            pause.resume(actor, referral)
            flash("Referral resumed")
            return _back(referral)

        where = once(form.submission(actor), effect)
    return redirect(where, 303)
