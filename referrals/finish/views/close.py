"""Finish a referral: first what is still open, then the message, then a last look at it."""

import uuid

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.core.db import transaction
from app.core.idempotency import once
from app.identity.login import current_actor
from app.ui.pages import page
from referrals.finish.actions import closing
from referrals.finish.blueprint import bp
from referrals.finish.forms.ending import CloseForm
from referrals.finish.policy import FINISH, SEND_ENDING
from referrals.finish.queries import open_work, tried
from referrals.finish.words import OUTCOMES, REASONS
from referrals.record.models.referral import Referral
from referrals.record.models.version import require_version
from referrals.record.queries import referral as referrals

NOT_KEPT = {"csrf_token", "idempotency_key", "change"}


@bp.route("/<uuid:referral_id>/close", methods=["GET", "POST"])
def close(referral_id: uuid.UUID) -> ResponseReturnValue:
    """Write the closing message; then look at it once more."""
    actor = current_actor()
    with transaction(actor):
        referral = referrals.get(actor, referral_id)
        FINISH.require(actor, referral)
        still_open = open_work.of(referral)
        if still_open:
            return page("finish/still_open.html", referral=referral, still_open=still_open)
        form = _form(referral)
        again = request.method == "POST" and "change" in request.form
        if again or not form.validate_on_submit():
            return page("finish/close.html", form=form, referral=referral)
        return _check(referral, form)


@bp.post("/<uuid:referral_id>/closure")
def finish(referral_id: uuid.UUID) -> ResponseReturnValue:
    """Finish, and send the message that was looked at."""
    actor = current_actor()
    with transaction(actor):
        referral = referrals.get(actor, referral_id)
        # Not FINISH: sent a second time, the referral is closed and the answer is the same.
        SEND_ENDING.require(actor, referral)
        form = CloseForm()
        if not form.validate_on_submit():
            return page("finish/close.html", form=form, referral=referral)

        def effect() -> str:
            require_version(referral, form.version.data)
            closing.close(actor, referral, form.to_closing())
            flash("Finished. The referrer has been told")
            return url_for("caseload.show", referral_id=referral_id)

        where = once(form.submission(actor), effect)
    return redirect(where, 303)


def _form(referral: Referral) -> CloseForm:
    known = tried.of(referral)
    return CloseForm(
        version=referral.version,
        tried="\n".join(known.tried),
        did_not_work="\n".join(known.did_not_work),
    )


def _check(referral: Referral, form: CloseForm) -> ResponseReturnValue:
    decided = form.to_closing()
    return page(
        "finish/check.html",
        form=form,
        referral=referral,
        letter=decided.letter,
        needs=tried.of(referral).needs,
        outcome=OUTCOMES[decided.outcome],
        reason=REASONS.get(decided.reason, "") if decided.reason else "",
        kept=[pair for pair in request.form.items(multi=True) if pair[0] not in NOT_KEPT],
    )
